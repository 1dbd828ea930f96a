namespace Invoicing.Portals.Tests;

internal sealed class LaBielaTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task The_dialog_stamps_and_the_page_around_it_shows_the_voucher()
    {
        const string app = "/ords/r/labiela/facturacion";
        var ticket = await Town.Sell("la-biela", new { sucursal = "ZAMORA" }, await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P32");
        Dictionary<string, string> form = new()
        {
            ["P10_SUCURSAL_HIDDENVALUE"] = "8", ["P10_REMISION"] = Visitor.Printed(ticket, "folio"), ["P10_FECHA"] = Visitor.Printed(ticket, "fecha"), ["P10_IMPORTE"] = Visitor.Printed(ticket, "total"),
            ["P20_RFC"] = "EKU9003173C9", ["P20_NOMBRE"] = "ESCUELA KEMPER URGATE", ["P20_CP"] = "42500", ["P20_REGIMEN"] = "601", ["P20_USO"] = "G03", ["P20_EMAIL"] = "facturas@kemper.test",
        };
        Assert.That(await visitor.Post($"{app}/venta", form), Does.Contain("No existe la remisión"));
        form["P10_SUCURSAL_HIDDENVALUE"] = "7";
        Assert.That(await visitor.Post($"{app}/venta", form), Does.Contain("pagina = \"/ords/r/labiela/facturacion/datos-receptor\""));
        Assert.That(await visitor.Page($"{app}/datos-receptor"), Does.Contain("Emitir CFDI"));
        Assert.That(await visitor.Post($"{app}/datos-receptor", form), Does.Contain("CFDI40148"));
        form["P20_CP"] = "42501";
        var voucher = System.Text.RegularExpressions.Regex.Match(await visitor.Post($"{app}/datos-receptor", form), "href = '([^']+)'").Groups[1].Value;
        var xml = System.Text.RegularExpressions.Regex.Match(await visitor.Page(voucher), "href=\"([^\"]+tipo=xml[^\"]+)").Groups[1].Value;
        await Town.Verify(await visitor.Bytes(xml), ticket);
        Dictionary<string, string> again = new() { ["P40_REMISION"] = Visitor.Printed(ticket, "folio"), ["P40_RFC"] = "EKU9003173C9" };
        Assert.That(await visitor.Post($"{app}/comprobantes", again), Does.Contain("Representación impresa"));
        again["P40_RFC"] = "IVD920810GU2";
        Assert.That(await visitor.Post($"{app}/comprobantes", again), Does.Contain("otro R.F.C."));
    }
}
