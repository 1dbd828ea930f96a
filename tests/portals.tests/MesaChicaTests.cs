using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class MesaChicaTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task The_key_in_three_parts_with_the_picture_brings_a_letter_and_another_when_asked()
    {
        var ticket = await Town.Sell("mesa-chica", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P19");
        var key = Visitor.Printed(ticket, "folio");
        Dictionary<string, string> form = new(Visitor.Kemper) { ["c1"] = key[..4], ["c2"] = key[4..8], ["c3"] = key[8..].ToLowerInvariant(), ["total"] = Visitor.Printed(ticket, "total"), ["imagen"] = "?" };
        await Town.Answer(visitor, "/widget/imagen");
        Assert.That(Says(await visitor.PostJson("/widget/clave", form)), Does.StartWith("Las letras"));
        form["imagen"] = await Town.Answer(visitor, "/widget/imagen");
        Assert.That(Says(await visitor.PostJson("/widget/clave", form)), Does.StartWith("Orden"));
        Assert.That(Says(await visitor.PostJson("/widget/obtener", form)), Does.Contain("va en camino"));
        await Town.Later(TimeSpan.FromMinutes(30));
        using var mail = await Town.Read((await Town.Mail()).Single().GetProperty("eml").GetString()!);
        await Town.Verify(await Files.Of(mail, ".xml"), ticket);
        Assert.That(Says(await visitor.PostJson("/widget/reenvio", form)), Does.Contain("otra vez"));
        form["rfc"] = "IVD920810GU2";
        Assert.That(Says(await visitor.PostJson("/widget/reenvio", form)), Does.Contain("otro RFC"));
    }

    private static string Says(JsonElement reply) => reply.GetProperty("mensaje").GetString()!;
}
