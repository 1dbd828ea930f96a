namespace Invoicing.Portals.Tests;

internal sealed class LineaAzulTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task Page_after_page_leads_to_an_archive_that_takes_two_looks()
    {
        var ticket = await Town.Sell("linea-azul", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P20");
        Dictionary<string, string> form = new(Visitor.Kemper) { ["tramite"] = "F", ["noBoleto"] = Visitor.Printed(ticket, "folio"), ["asiento"] = Visitor.Printed(ticket, "asiento"), ["fecha"] = Visitor.Printed(ticket, "fecha") };
        await visitor.Post("/efactura/rfc.jsp", form);
        Assert.That(await visitor.Post("/efactura/boleto.jsp", form), Does.Contain("Verificar datos"));
        Assert.That(await visitor.Post("/efactura/datos.jsp", form), Does.Contain("debe aceptar el aviso"));
        form["avisoPrivacidad"] = "1";
        Assert.That(await visitor.Post("/efactura/datos.jsp", form), Does.Contain("SOLICITAR MI FACTURA"));
        Assert.That(await visitor.Post("/efactura/solicitar.jsp", [new("accion", "")]), Does.Contain("procesando"));
        var done = await visitor.Page("/efactura/proceso.jsp");
        var id = System.Text.RegularExpressions.Regex.Match(done, "id=([0-9a-f-]{36})").Groups[1].Value;
        await Town.Verify(Files.Of(await visitor.Bytes($"/efactura/paquete.do?id={id}"), ".xml"), ticket);
        form["tramite"] = "R";
        await visitor.Post("/efactura/rfc.jsp", form);
        Assert.That(await visitor.Post("/efactura/reenvio.jsp", form), Does.Contain(id));
        form["rfc"] = "IVD920810GU2";
        await visitor.Post("/efactura/rfc.jsp", form);
        Assert.That(await visitor.Post("/efactura/reenvio.jsp", form), Does.Contain("RFC distinto"));
    }
}
