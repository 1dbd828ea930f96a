using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class TresRiosTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task The_list_is_stamped_and_its_files_come_again_to_the_same_RFC_alone()
    {
        var ticket = await Town.Sell("tres-rios", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P15");
        Dictionary<string, string> purchase = new() { ["operacion"] = Visitor.Printed(ticket, "folio"), ["terminal"] = Visitor.Printed(ticket, "terminal"), ["monto"] = Visitor.Printed(ticket, "total") };
        Assert.That(Says(await visitor.PostJson("/autofactura/operacion", purchase)), Does.StartWith("Operación añadida"));
        var done = await visitor.PostJson("/autofactura/timbrar", Visitor.Kemper);
        await Town.Verify(await visitor.Bytes($"/autofactura/comprobante/{done.GetProperty("id").GetString()}/xml"), ticket);
        Assert.That(Says(await visitor.PostJson("/autofactura/operacion", purchase)), Does.Contain("cuenta con CFDI"));
        Dictionary<string, string> again = new() { ["operacion"] = purchase["operacion"], ["rfc"] = "EKU9003173C9" };
        Assert.That((await visitor.PostJson("/autofactura/reimprimir", again)).GetProperty("uuid").GetString(), Is.EqualTo(done.GetProperty("uuid").GetString()));
        again["rfc"] = "IVD920810GU2";
        Assert.That(Says(await visitor.PostJson("/autofactura/reimprimir", again)), Does.Contain("otro receptor"));
    }

    private static string Says(JsonElement reply) => reply.GetProperty("mensaje").GetString()!;
}
