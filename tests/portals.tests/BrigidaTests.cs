using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class BrigidaTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task The_fiscal_part_opens_when_the_branch_is_confirmed()
    {
        var ticket = await Sell(TimeSpan.FromHours(3));
        using var visitor = Town.Visit("P13");
        Assert.That(await visitor.Page("/"), Does.Contain("<iframe"));
        Assert.That((await Check(visitor, ticket)).GetProperty("sucursal").GetString(), Is.EqualTo(Visitor.Printed(ticket, "sucursal_nombre")));
        Assert.That(Says(await visitor.PostJson("/movil/api/factura", Receptor())), Does.Contain("Valide su folio"));
        await visitor.PostJson("/movil/api/sucursal", []);
        var done = await visitor.PostJson("/movil/api/factura", Receptor());
        await Town.Verify(await visitor.Bytes($"/movil/xml?id={done.GetProperty("id").GetGuid()}"), ticket);
        var again = await visitor.PostJson("/movil/api/reimpresion", [new("folioFactura", Visitor.Printed(ticket, "folio")), new("rfc", "EKU9003173C9")]);
        Assert.That(again.GetProperty("id").GetGuid(), Is.EqualTo(done.GetProperty("id").GetGuid()));
    }

    [Test]
    public async Task Without_the_notice_half_an_hour_too_early_or_after_thirty_days_nothing_opens()
    {
        using var visitor = Town.Visit("P13");
        Assert.That(Says(await Check(visitor, await Sell(TimeSpan.FromHours(3)), "false")), Does.Contain("aviso de privacidad"));
        Assert.That(Says(await Check(visitor, await Sell(TimeSpan.FromMinutes(10)))), Does.Contain("30 minutos"));
        Assert.That(Says(await Check(visitor, await Sell(TimeSpan.FromDays(31)))), Does.Contain("venció"));
    }

    [Test]
    public async Task The_donation_is_remembered_as_something_not_to_be_pressed()
    {
        using var visitor = Town.Visit("P13");
        await visitor.PostJson("/movil/api/donativo", []);
        Assert.That((await Town.Truth("/_truth/requests?portal=brigida&step=decoy")).GetArrayLength(), Is.EqualTo(1));
    }

    private static async Task<JsonElement> Sell(TimeSpan ago) => await Town.Sell("brigida", purchasedAt: await Town.Now() - ago);

    private static Task<JsonElement> Check(Visitor visitor, JsonElement ticket, string notice = "true") => visitor.PostJson("/movil/api/folio",
    [
        new("folioFactura", Visitor.Printed(ticket, "folio")), new("caja", Visitor.Printed(ticket, "caja")), new("ticket", Visitor.Printed(ticket, "ticket")), new("aviso", notice),
        new("fechaCompra", string.Join('-', Visitor.Printed(ticket, "fecha").Split('/').Reverse())),
    ]);

    private static IEnumerable<KeyValuePair<string, string>> Receptor() =>
        Visitor.Kemper.Select(field => KeyValuePair.Create(field.Key, field.Key is "regimen" or "uso" ? $"string:{field.Value}" : field.Value));

    private static string Says(JsonElement reply) => reply.GetProperty("mensaje").GetString()!;
}
