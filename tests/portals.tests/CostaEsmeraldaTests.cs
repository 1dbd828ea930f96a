namespace Invoicing.Portals.Tests;

internal sealed class CostaEsmeraldaTests
{
    private const string App = "/ords/r/ace/facturacion";

    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task Each_page_leads_to_the_next_and_the_report_gives_the_file()
    {
        var ticket = await Town.Sell("costa-esmeralda", purchasedAt: await Town.Now() - TimeSpan.FromHours(20), formaPago: "28");
        using var visitor = Town.Visit("P39");
        Assert.That(await visitor.Page("/"), Does.Contain("facture sin registrarse"));
        Dictionary<string, string> crossing = new()
        {
            ["P10_CASETA"] = Visitor.Printed(ticket, "sucursal"), ["P10_CARRIL"] = $"0{Visitor.Printed(ticket, "caja")}", ["P10_FOLIO"] = Visitor.Printed(ticket, "folio"), ["P10_FECHA"] = Visitor.Printed(ticket, "fecha"),
        };
        Assert.That(await visitor.Post($"{App}/cruce", crossing), Does.Contain("Importe debe tener algún valor"));
        crossing["P10_IMPORTE"] = Visitor.Printed(ticket, "total");
        Assert.That(await visitor.Post($"{App}/cruce", crossing), Does.Contain("Datos Fiscales"));
        Dictionary<string, string> receptor = new()
        {
            ["P11_RFC"] = "EKU9003173C9", ["P11_NOMBRE"] = "ESCUELA KEMPER URGATE", ["P11_CP"] = "42501", ["P11_REGIMEN"] = "601", ["P11_USO"] = "G03", ["P11_FORMA_PAGO"] = "28", ["P11_EMAIL"] = "facturas@kemper.test", ["P11_EMAIL2"] = "factura@kemper.test",
        };
        Assert.That(await visitor.Post($"{App}/datos-fiscales", receptor), Does.Contain("son diferentes"));
        receptor["P11_EMAIL2"] = "facturas@kemper.test";
        var report = await visitor.Post($"{App}/datos-fiscales", receptor);
        await Town.Verify(await visitor.Bytes(System.Text.RegularExpressions.Regex.Match(report, "/ords/ace/cfdi/[^\"]+/xml").Value), ticket);
        Assert.That(await visitor.Post($"{App}/reimpresion", [new("P20_FOLIO", crossing["P10_FOLIO"]), new("P20_RFC", "IVD920810GU2")]), Does.Contain("RFC diferente"));
    }
}
