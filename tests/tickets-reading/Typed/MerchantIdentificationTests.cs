namespace Invoicing.Tickets.Reading.Tests;

public sealed class MerchantIdentificationTests
{
    private static readonly KnownMerchant[] Catalogue =
    [
        new(1, "OXXO", "CCO8605231N4", ["CADENA COMERCIAL OXXO"], ["https://www4.oxxo.com:9443/facturacionElectronica-web/"]),
        new(2, "OXXO GAS", null, ["OXXO GAS"], ["https://facturacion.oxxogas.com"]),
        new(3, "MEJOR_FUTURO", "MFU761216I40", ["MEJOR FUTURO"], ["https://facturacion.inforest.com.mx", "https://facturacion.infocaja.com.mx"]),
        new(4, "Farmacias Guadalajara", "FGU830930PD3", [], ["https://movil.farmaciasguadalajara.com"]),
        new(5, "Café Alameda", "EKU9003173C9", ["CAFE ALAMEDA"], ["https://mesa.example.mx/wwwroot?opc=Cafe"]),
        new(6, "Pizza Alameda", "EKU9003173C9", ["PIZZA ALAMEDA"], ["https://mesa.example.mx/wwwroot?opc=Pizza"]),
        new(7, "Litro Mil", null, [], ["http://localhost:8204"]),
    ];

    [Test]
    public void Its_RFC_names_the_merchant() =>
        Assert.That(Of(Tickets.MejorFuturo), Is.EqualTo((3, "rfc")));

    [TestCase("OXXO\nFOLIO: 1", 1)]
    [TestCase("OXXO GAS\nFOLIO: 1", 2)]
    [TestCase("FARMACTAS GUADALAJAPA\nFOLIO: 1", 4)]
    public void Its_name_does_where_no_RFC_is_printed(string text, long id) =>
        Assert.That(Of(text), Is.EqualTo((id, "nombre")));

    [Test]
    public void One_RFC_of_two_brands_is_decided_by_the_name() =>
        Assert.That(Of("PIZZA ALAMEDA\nRFC: EKU9003173C9"), Is.EqualTo((6, "nombre")));

    [Test]
    public void One_RFC_of_two_brands_and_nothing_more_is_left_to_a_person() =>
        Assert.That(Of("GRUPO MESA\nRFC: EKU9003173C9\nFACTURA EN https://mesa.example.mx/"), Is.Null);

    [Test]
    public void Its_portal_does_where_the_name_is_unknown() =>
        Assert.That(Of("GASOLINERA X\nFACTURE EN http://localhost:8204/"), Is.EqualTo((7, "url")));

    [Test]
    public void Another_port_is_another_portal() =>
        Assert.That(Of("GASOLINERA X\nFACTURE EN http://localhost:8999/"), Is.Null);

    [Test]
    public void Its_QR_does_where_nothing_is_printed()
    {
        var codes = new[] { new ReadCode("QR", "https://facturacion.oxxogas.com/f?c=1") };
        var reading = ReceiptReader.ReadText("GASOLINERA") with { Codes = codes, Urls = UrlExtractor.Extract([], codes) };

        Assert.That(MerchantIdentifier.Identify(Catalogue, reading), Is.EqualTo(new MerchantMatch(2, .95, "qr")));
    }

    [Test]
    public void A_name_that_its_sure_RFC_contradicts_is_left_to_a_person() =>
        Assert.That(Of("OXXO\nRFC: EKU9003173C9\nFOLIO: 1") is null or (5 or 6, _), Is.True);

    [TestCase("TIENDA DESCONOCIDA SA DE CV\nFOLIO: 9")]
    [TestCase("")]
    [TestCase("PAPELERIA EL BUZON\nCAFE CON LECHE 20.00")]
    public void A_merchant_in_no_catalogue_is_nobody(string text) =>
        Assert.That(Of(text), Is.Null);

    private static (long Id, string How)? Of(string text) =>
        MerchantIdentifier.Identify(Catalogue, ReceiptReader.ReadText(text)) is { } match ? (match.Id, match.How) : null;
}
