using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class PenonTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task The_pages_own_numbers_stand_for_the_keys_and_the_first_entry_is_chosen_already()
    {
        var ticket = await Sell(TimeSpan.FromHours(2));
        using var visitor = Town.Visit("P12");
        var page = await visitor.Page("/Default.aspx");
        Assert.That(page, Does.Not.Contain("<option value=\"\""), "no blank entry");
        await Find(visitor, ticket);
        var done = await Invoice(visitor, Visitor.Option(page, "General de Ley"), Visitor.Option(page, "Gastos en general"));
        await Town.Verify(await visitor.Bytes($"/DownloadInvoice.aspx?id={done.GetProperty("id").GetGuid()}"), ticket);
    }

    [Test]
    public async Task Whoever_asks_for_an_invoiced_folio_gets_the_files_whosever_they_are()
    {
        var ticket = await Sell(TimeSpan.FromHours(2));
        await Town.Post($"/_control/tickets/{ticket.GetProperty("id").GetString()}/invoice", new { rfc = "IVD920810GU2" });
        using var visitor = Town.Visit("P12");
        var found = await Find(visitor, ticket);
        Assert.That(Says(found), Is.EqualTo("Este folio ya fue facturado anteriormente!"));
        var xml = System.Text.Encoding.UTF8.GetString(await visitor.Bytes($"/DownloadInvoice.aspx?id={found.GetProperty("id").GetGuid()}"));
        Assert.That(xml, Does.Contain("Rfc=\"IVD920810GU2\""));
    }

    [Test]
    public async Task Too_early_another_month_and_a_wrong_amount_are_told_apart()
    {
        using var visitor = Town.Visit("P12");
        Assert.That(Says(await Find(visitor, await Sell(TimeSpan.FromMinutes(5)))), Does.Contain("15 minutos"));
        Assert.That(Says(await Find(visitor, await Sell(TimeSpan.FromDays(20)))), Does.Contain("mes cerrado"));
        Assert.That(Says(await Find(visitor, await Sell(TimeSpan.FromHours(2)), "0.01")), Does.Contain("incorrectos"));
    }

    private static async Task<JsonElement> Sell(TimeSpan ago) => await Town.Sell("penon", purchasedAt: await Town.Now() - ago);

    private static Task<JsonElement> Find(Visitor visitor, JsonElement ticket, string? amount = null) => visitor.PostJson("/Default.aspx/Find",
    [
        new("txtReferencia", Visitor.Printed(ticket, "referencia")), new("txtFolio", Visitor.Printed(ticket, "folio")),
        new("txtAmount", amount ?? Visitor.Printed(ticket, "total")), new("txtRFC", "EKU9003173C9"),
    ]);

    private static Task<JsonElement> Invoice(Visitor visitor, string regimen, string use) => visitor.PostJson("/Default.aspx/Invoice",
    [
        new("txtName", "ESCUELA KEMPER URGATE"), new("txtZip", "42501"), new("selFiscalRegime", regimen), new("selVoucherUse", use), new("txtEmail", "facturas@kemper.test"),
    ]);

    private static string Says(JsonElement reply) => reply.GetProperty("mensaje").GetString()!;
}
