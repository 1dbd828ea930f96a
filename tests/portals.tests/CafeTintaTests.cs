using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class CafeTintaTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task One_answer_after_the_other_leads_to_the_files()
    {
        var ticket = await Town.Sell("cafe-tinta", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P16");
        var (account, kemper) = (Visitor.Printed(ticket, "folio"), Visitor.Kemper);
        await visitor.PostJson("/charla/inicio", []);
        await Say(visitor, "cuenta", account);
        Assert.That(Last(await Say(visitor, "cuenta", Visitor.Printed(ticket, "total"))), Is.EqualTo("¿Cuál es tu RFC?"));
        foreach (var field in (string[])["rfc", "nombre", "cp", "regimen", "uso"]) await Say(visitor, "dato", kemper[field]);
        Assert.That(Last(await Say(visitor, "dato", kemper["correo"])), Is.EqualTo("¿Todo bien?"));
        Assert.That(await Town.Emissions(ticket), Is.Empty);
        var done = await Say(visitor, "solicitar", "Sí");
        await Town.Verify(await visitor.Bytes($"/archivo/{done.GetProperty("archivos").GetString()}.xml"), ticket);
        await Say(visitor, "archivos", account);
        Assert.That(Last(await Say(visitor, "archivos", "IVD920810GU2")), Does.Contain("RFC diferente"));
        await Say(visitor, "archivos", account);
        Assert.That((await Say(visitor, "archivos", "eku9003173c9")).GetProperty("archivos").GetString(), Is.EqualTo(done.GetProperty("archivos").GetString()));
    }

    private static Task<JsonElement> Say(Visitor visitor, string where, string text) => visitor.PostJson($"/charla/{where}", [new("texto", text)]);

    private static string Last(JsonElement reply) => reply.GetProperty("burbujas").EnumerateArray().Last().GetString()!;
}
