namespace Invoicing.Portals.Tests;

internal sealed class SanBenitoTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task The_panel_is_posted_back_and_a_link_of_the_grid_gives_the_file()
    {
        var ticket = await Town.Sell("san-benito", purchasedAt: await Town.Now() - TimeSpan.FromHours(5), formaPago: "04");
        using var visitor = Town.Visit("P24");
        Dictionary<string, string> form = new()
        {
            ["ctl00$Contenido$ddlSucursal"] = Visitor.Printed(ticket, "sucursal"), ["ctl00$Contenido$txtFolio"] = Visitor.Printed(ticket, "folio"), ["ctl00$Contenido$txtCaja"] = Visitor.Printed(ticket, "caja"),
            ["ctl00$Contenido$txtFecha"] = Visitor.Printed(ticket, "fecha"), ["ctl00$Contenido$txtImporte"] = Visitor.Printed(ticket, "total"), ["ctl00$Contenido$btnBuscar"] = "Buscar",
        };
        var panel = await visitor.Post("/FacturaWeb/Facturar.aspx", form);
        Assert.That(panel, Does.Match(@"^\d+\|updatePanel\|").And.Contain("Datos del Cliente"));
        Dictionary<string, string> receptor = new()
        {
            ["txtRfc"] = "EKU9003173C9", ["txtRazon"] = "ESCUELA KEMPER URGATE", ["txtCp"] = "42501", ["ddlRegimen"] = "601", ["ddlUso"] = "G03", ["ddlFormaPago"] = "01",
            ["txtCorreo"] = "facturas@kemper.test", ["txtCorreo2"] = "facturas@kemper.test", ["btnFacturar"] = "Facturar",
        };
        Assert.That(await visitor.Post("/FacturaWeb/Facturar.aspx", receptor), Does.Contain("forma de pago no corresponde"));
        receptor["ddlFormaPago"] = "04";
        var grid = await visitor.Post("/FacturaWeb/Facturar.aspx", receptor);
        var link = System.Text.RegularExpressions.Regex.Match(grid, "lnkXml_[0-9a-f-]+").Value;
        await Town.Verify(System.Text.Encoding.UTF8.GetBytes(await visitor.Post("/FacturaWeb/Facturar.aspx", [new("__EVENTTARGET", $"ctl00$Contenido${link}")])), ticket);
        receptor["txtRfc"] = "IVD920810GU2";
        foreach (var field in (string[])["ddlSucursal", "txtFolio"]) receptor[field] = form[$"ctl00$Contenido${field}"];
        Assert.That(await visitor.Post("/FacturaWeb/Reimpresion.aspx", receptor), Does.Contain("RFC distinto"));
    }
}
