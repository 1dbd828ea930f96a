namespace Invoicing.Tickets.Reading.Tests;

public sealed class UrlExtractionTests
{
    [TestCase("FACTURA EN: www.oxxo.com/facturacion", "https://www.oxxo.com/facturacion")]
    [TestCase("Facture en\nhttp://localhost:8201", "http://localhost:8201/")]
    [TestCase("Facture en\nhttp://1oca1host:28201", "http://localhost:28201/")]
    [TestCase("FACTURE EN http:/127.0.0.1:8204/inicio", "http://127.0.0.1:8204/inicio")]
    [TestCase("PARA FACTURAR INGRESE A\nwww.soriana.com/\nfacturacionelectronica", "https://www.soriana.com/facturacionelectronica")]
    [TestCase("FACTURA EN\nfacturacion.walmart\nmexico.com.mx", "https://facturacion.walmartmexico.com.mx/")]
    [TestCase("FACTURA ELECTRONICA:\nalsea.inter factura.com", "https://alsea.interfactura.com/")]
    [TestCase("FACTURA ENwww.oxxo.com/facturacion", "https://www.oxxo.com/facturacion")]
    [TestCase("Facture en tarjetapetro-7.com.mx:8443/KPortalExterno/", "https://tarjetapetro-7.com.mx:8443/KPortalExterno/")]
    [TestCase("FACTURA EN www.soriana.cox/facturacionelectronica", "https://www.soriana.com/facturacionelectronica")]
    public void An_invoicing_address_is_found_however_it_was_printed(string text, string url) =>
        Assert.That(UrlExtractor.Extract(text).FirstOrDefault(found => found.IsPortal)?.Url, Is.EqualTo(url));

    [TestCase("Contesta nuestra encuesta en www.tiendafeliz.com.mx y gana")]
    [TestCase("Cuéntanos tu opinión\nwww.walmartopina.com.mx")]
    [TestCase("Síguenos en www.facebook.com/tienda")]
    [TestCase("Este es tu CFDI https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx?id=x")]
    [TestCase("Escriba a facturacion@tienda.com.mx")]
    [TestCase("www.tienda.com.mx")]
    public void An_address_for_something_else_is_no_portal(string text) =>
        Assert.That(UrlExtractor.Extract(text).Where(url => url.IsPortal), Is.Empty);

    [Test]
    public void A_survey_beside_a_portal_does_not_take_its_place()
    {
        var urls = UrlExtractor.Extract(Tickets.Supermarket);

        Assert.That(urls[0].Url, Is.EqualTo("https://facturacion.walmartmexico.com.mx/"));
        Assert.That(urls.Single(url => url.Url.Contains("opina", StringComparison.Ordinal)).Type, Is.EqualTo("generic_web"));
    }

    [Test]
    public void A_QR_code_carries_an_address_too()
    {
        var url = UrlExtractor.Extract([], [new ReadCode("QR", "https://misfacturas.mx/lupita/f?c=L3FAYUJJC3")]).Single();

        Assert.That((url.IsPortal, url.Method), Is.EqualTo((true, "qr_code")));
    }

    [TestCase("FACTURE SU COMPRA ESCANEANDO EL CODIGO", true)]
    [TestCase("CUENTENOS SU OPINION: ENCUESTA AQUI. FACTURE EN CAJA", false)]
    [TestCase("GRACIAS POR SU COMPRA", false)]
    public void A_QR_code_that_says_nothing_of_itself_is_for_invoices_only_where_the_ticket_says_so(string text, bool portal) =>
        Assert.That(UrlExtractor.Extract([new TextRow(text, 1)], [new ReadCode("QR", "https://q.example.mx/abc")]).Single().IsPortal, Is.EqualTo(portal));

    [TestCase("SALDO 12.50 S.A. DE C.V.")]
    [TestCase("AV. JUAREZ 245.COL.CENTRO")]
    [TestCase("javascript:alert(1) file:///etc/passwd ftp://a.b")]
    [TestCase("http://usuario:clave@facturacion.com.mx/")]
    public void What_is_no_web_address_gives_none(string text) =>
        Assert.That(UrlExtractor.Extract(text).Where(url => url.IsPortal), Is.Empty);
}
