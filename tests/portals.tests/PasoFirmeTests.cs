namespace Invoicing.Portals.Tests;

internal sealed class PasoFirmeTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task The_transaction_is_typed_with_or_without_its_dash_and_the_mail_brings_links()
    {
        var ticket = await Town.Sell("paso-firme", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P34");
        Assert.That(await visitor.Page("/"), Does.Contain("Comenzar"));
        Dictionary<string, string> form = new(Visitor.Kemper) { ["transaccion"] = Visitor.Printed(ticket, "folio"), ["tienda"] = "0", ["fecha"] = Visitor.Printed(ticket, "fecha"), ["total"] = Visitor.Printed(ticket, "total") };
        Assert.That((await visitor.PostJson("/api/compra", form)).GetProperty("mensaje").GetString(), Does.StartWith("No pudimos encontrar"));
        form["tienda"] = Visitor.Printed(ticket, "tienda");
        form["transaccion"] = form["transaccion"].Replace("-", "", StringComparison.Ordinal);
        Assert.That((await visitor.PostJson("/api/compra", form)).GetProperty("ok").GetBoolean(), Is.True);
        Assert.That((await visitor.PostJson("/api/factura", form)).GetProperty("ok").GetBoolean(), Is.True);
        await Town.Later(TimeSpan.FromMinutes(30));
        using var mail = await Town.Read((await Town.Mail()).Single().GetProperty("eml").GetString()!);
        var link = System.Text.RegularExpressions.Regex.Match(mail.HtmlBody!, "/descargas/[0-9a-f]+").Value;
        await Town.Verify(await visitor.Bytes(link), ticket);
        form["rfc"] = "IVD920810GU2";
        Assert.That((await visitor.PostJson("/api/reenvio", form)).GetProperty("mensaje").GetString(), Does.Contain("otro RFC"));
    }
}
