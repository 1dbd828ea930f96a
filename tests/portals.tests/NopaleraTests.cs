using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class NopaleraTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task The_answer_carries_the_files_and_a_search_brings_them_again()
    {
        var ticket = await Town.Sell("nopalera", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P10");
        Assert.That(Says(await Add(visitor, ticket)), Is.EqualTo("Ticket agregado"));
        var done = await visitor.PostJson("/cli/api/invoices", Visitor.Kemper);
        await Town.Verify(done.GetProperty("xml").GetBytesFromBase64(), ticket);
        Assert.That(Says(await Add(visitor, ticket)), Does.Contain("ya tiene factura"));
        Dictionary<string, string> search = new() { ["rfc"] = "EKU9003173C9", ["folio"] = Visitor.Printed(ticket, "folio"), ["total"] = Visitor.Printed(ticket, "total") };
        Assert.That((await visitor.PostJson("/cli/api/search", search)).GetProperty("uuid").GetString(), Is.EqualTo(done.GetProperty("uuid").GetString()));
        search["rfc"] = "IVD920810GU2";
        Assert.That(Says(await visitor.PostJson("/cli/api/search", search)), Does.Contain("otro RFC"));
    }

    [Test]
    public async Task Forty_shops_answer_at_the_most_and_another_shop_does_not_know_the_ticket()
    {
        var ticket = await Town.Sell("nopalera", new { sucursal = "297" }, await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P10");
        var shops = JsonSerializer.Deserialize<JsonElement>(await visitor.Page("/cli/api/stores?texto="));
        Assert.That(shops.GetArrayLength(), Is.EqualTo(40));
        Assert.That(Says(await Add(visitor, ticket, "306")), Does.StartWith("No encontramos"));
        Assert.That(Says(await Add(visitor, await Town.Sell("nopalera", purchasedAt: await Town.Now() - TimeSpan.FromMinutes(20)))), Does.Contain("en proceso"));
    }

    private static Task<JsonElement> Add(Visitor visitor, JsonElement ticket, string? shop = null) => visitor.PostJson("/cli/api/tickets",
    [
        new("sucursal", shop ?? Visitor.Printed(ticket, "sucursal")), new("folio", Visitor.Printed(ticket, "folio")), new("fecha", Visitor.Printed(ticket, "fecha")),
        new("total", Visitor.Printed(ticket, "total")),
    ]);

    private static string Says(JsonElement reply) => reply.GetProperty("mensaje").GetString()!;
}
