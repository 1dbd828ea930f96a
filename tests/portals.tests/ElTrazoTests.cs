namespace Invoicing.Portals.Tests;

internal sealed class ElTrazoTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task A_customer_is_known_from_the_second_invoice_on()
    {
        var ticket = await Town.Sell("el-trazo", purchasedAt: await Town.Now() - TimeSpan.FromHours(30));
        using var visitor = Town.Visit("P31");
        var token = System.Text.RegularExpressions.Regex.Match(await visitor.Page("/facturacion"), "csrf-token\" content=\"([0-9a-f]+)").Groups[1].Value;
        Dictionary<string, string> form = new(Visitor.Kemper) { ["ticket"] = Visitor.Printed(ticket, "folio"), ["codigo"] = Visitor.Printed(ticket, "codigo_facturacion"), ["total"] = Visitor.Printed(ticket, "total"), ["acepto"] = "1" };
        Assert.That((await visitor.PostJson("/facturacion/ticket", form)).GetProperty("mensaje").GetString(), Does.Contain("expiró"));
        form["_token"] = token;
        Assert.That((await visitor.PostJson("/facturacion/ticket", form)).GetProperty("ok").GetBoolean(), Is.True);
        Assert.That((await visitor.PostJson("/facturacion/cliente", form)).GetProperty("encontrado").GetBoolean(), Is.False);
        var page = (await visitor.PostJson("/facturacion/generar", form)).GetProperty("url").GetString()!;
        Assert.That(await visitor.Page(page), Does.Contain("exitosamente"));
        await Town.Verify(await visitor.Bytes($"{page}/xml"), ticket);
        Assert.That((await visitor.PostJson("/facturacion/cliente", form)).GetProperty("nombre").GetString(), Is.EqualTo("ESCUELA KEMPER URGATE"));
        await Town.Break("el-trazo", "stale_receptor", times: 1);
        Assert.That((await visitor.PostJson("/facturacion/cliente", form)).GetProperty("uso").GetString(), Is.EqualTo("G01"));
        Assert.That(await visitor.Post("/facturacion/descargar", form), Does.Contain("Folio fiscal"));
        form["rfc"] = "IVD920810GU2";
        Assert.That(await visitor.Post("/facturacion/descargar", form), Does.Contain("no corresponde al RFC"));
    }
}
