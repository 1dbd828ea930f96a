using System.Security.Cryptography.X509Certificates;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Xsl;

namespace Invoicing.Fiscal.Tests;

/// <summary>
/// Compares our cadenas with SAT's own stylesheets. Those are not ours to publish: the tests run where a folder beside the
/// repository holds them under data/sat, and are skipped elsewhere.
/// </summary>
public sealed class SatStylesheetTests
{
    private const string Cfdi4 = "schemas/4/cadenaoriginal_4_0/cadenaoriginal_4_0.xslt";
    private const string Timbre = "schemas/TimbreFiscalDigital/cadenaoriginal_TFD_1_1.xslt";
    private string data = "";
    private XslCompiledTransform cfdi = new();
    private XslCompiledTransform timbre = new();

    [OneTimeSetUp]
    public void Find_them()
    {
        data = Beside() ?? "";
        if (data.Length == 0) Assert.Ignore("SAT's stylesheets are not at hand: no folder beside the repository has data/sat.");
        (cfdi, timbre) = (Load(Cfdi4), Load(Timbre));
    }

    [Test]
    public void A_plain_invoice_reads_the_same() => AssertSame(XDocument.Parse(Sample.Text()));

    [TestCaseSource(typeof(Complements), nameof(Complements.Cases))]
    public void A_complement_reads_the_same(string xml, string cadena, bool ofConcept) =>
        AssertSame(XDocument.Parse(Sample.Text(root => Complements.Add(root, xml, ofConcept))));

    [Test]
    public void Every_part_of_the_schema_reads_the_same() => AssertSame(XDocument.Parse(Everything));

    [Test]
    public void Generated_invoices_read_the_same([Range(1, 60)] int seed) => AssertSame(GeneratedCfdi.Make(seed));

    [Test]
    public void SATs_test_certificate_is_understood()
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(data, "certs/EKU9003173C9.cer"));

        Assert.That(SatCertificate.Rfc(certificate), Is.EqualTo("EKU9003173C9"));
        Assert.That(SatCertificate.Serial(certificate), Is.EqualTo("30001000000500003416"));
    }

    [Test]
    public void The_matrix_is_SATs()
    {
        var published = File.ReadLines(Path.Combine(data, "catalogs/matriz_uso_regimen.csv")).Skip(1).Select(line => line.Trim());
        var ours =
            from uso in UsoCfdi.All.Values
            from regimen in RegimenFiscal.All.Values
            let fits = (Fisica: uso.Fits(regimen, RfcKind.Fisica), Moral: uso.Fits(regimen, RfcKind.Moral))
            where fits.Fisica || fits.Moral
            select $"{uso.Key},{regimen.Key},{(fits.Fisica ? 1 : 0)},{(fits.Moral ? 1 : 0)}";

        Assert.That(ours, Is.EquivalentTo(published));
    }

    [Test]
    public void A_timbre_reads_the_same()
    {
        var element = XDocument.Parse(Sample.Text()).Descendants(CfdiNamespaces.Timbre + "TimbreFiscalDigital").Single();

        Assert.That(CadenaOriginal.OfTimbre(element), Is.EqualTo(Apply(timbre, new XDocument(element))));
        element.SetAttributeValue("Leyenda", " una  leyenda ");
        Assert.That(CadenaOriginal.OfTimbre(element), Is.EqualTo(Apply(timbre, new XDocument(element))));
    }

    private void AssertSame(XDocument document) => Assert.That(CadenaOriginal.Of(document), Is.EqualTo(Apply(cfdi, document)));

    private static string Apply(XslCompiledTransform stylesheet, XDocument document)
    {
        using var text = new StringWriter();
        using var source = XmlReader.Create(new StringReader(document.ToString(SaveOptions.DisableFormatting)));
        stylesheet.Transform(source, null, text);
        return text.ToString();
    }

    private XslCompiledTransform Load(string stylesheet)
    {
        var loaded = new XslCompiledTransform();
        loaded.Load(Path.Combine(data, stylesheet), XsltSettings.Default, new XmlUrlResolver());
        return loaded;
    }

    private static string? Beside()
    {
        var root = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Directory.Packages.props"))) root = root.Parent;
        return root?.Parent?.EnumerateDirectories()
            .Select(folder => Path.Combine(folder.FullName, "data", "sat"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, Cfdi4)));
    }

    private const string Everything = """
        <c:Comprobante xmlns:c="http://www.sat.gob.mx/cfd/4" Version="4.0" Serie="" Folio="1" Fecha="f" Sello="s" FormaPago="01" NoCertificado="n" Certificado="x"
          CondicionesDePago=" a&#xA;b&#x9;c&#xA0;d " SubTotal="1" Descuento="2" Moneda="USD" TipoCambio="3" Total="4" TipoDeComprobante="I" Exportacion="01" MetodoPago="PUE" LugarExpedicion="5" Confirmacion="6">
          <c:InformacionGlobal Periodicidad="01" Meses="02" Año="2026" />
          <c:CfdiRelacionados TipoRelacion="04"><c:CfdiRelacionado UUID="u1" /><c:CfdiRelacionado UUID="u2" /></c:CfdiRelacionados>
          <c:CfdiRelacionados TipoRelacion="05"><c:CfdiRelacionado UUID="u3" /></c:CfdiRelacionados>
          <c:Emisor Rfc="r" Nombre="n" RegimenFiscal="601" FacAtrAdquirente="1" />
          <c:Receptor Rfc="r" Nombre="&quot;n&apos;" DomicilioFiscalReceptor="d" ResidenciaFiscal="USA" NumRegIdTrib="t" RegimenFiscalReceptor="616" UsoCFDI="S01" />
          <c:Conceptos>
            <c:Concepto ClaveProdServ="1" Cantidad="1" ClaveUnidad="E48" Descripcion="d" ValorUnitario="1" Importe="1" ObjetoImp="02">
              <c:Impuestos>
                <c:Traslados><c:Traslado Base="1" Impuesto="002" TipoFactor="Exento" /><c:Traslado Base="2" Impuesto="003" TipoFactor="Cuota" TasaOCuota="1" Importe="2" /></c:Traslados>
                <c:Retenciones><c:Retencion Base="1" Impuesto="001" TipoFactor="Tasa" TasaOCuota="0.1" Importe="0.1" /></c:Retenciones>
              </c:Impuestos>
              <c:ACuentaTerceros RfcACuentaTerceros="r" NombreACuentaTerceros="n" RegimenFiscalACuentaTerceros="612" DomicilioFiscalACuentaTerceros="1" />
              <c:InformacionAduanera NumeroPedimento="p1" /><c:InformacionAduanera NumeroPedimento="p2" />
              <c:CuentaPredial Numero="cp1" /><c:CuentaPredial Numero="cp2" />
              <c:Parte ClaveProdServ="9" NoIdentificacion="i" Cantidad="1" Unidad="u" Descripcion="d" ValorUnitario="1" Importe="1"><c:InformacionAduanera NumeroPedimento="p3" /></c:Parte>
              <c:Parte ClaveProdServ="8" Cantidad="1" Descripcion="d" />
            </c:Concepto>
            <c:Concepto ClaveProdServ="2" Cantidad="1" ClaveUnidad="E48" Descripcion="d" ValorUnitario="1" ObjetoImp="01" />
          </c:Conceptos>
          <c:Impuestos TotalImpuestosRetenidos="0.1" TotalImpuestosTrasladados="2">
            <c:Retenciones><c:Retencion Impuesto="001" Importe="0.1" /></c:Retenciones>
            <c:Traslados><c:Traslado Base="1" Impuesto="002" TipoFactor="Exento" /><c:Traslado Base="2" Impuesto="003" TipoFactor="Cuota" TasaOCuota="1" Importe="2" /></c:Traslados>
          </c:Impuestos>
          <c:Addenda><x>texto</x></c:Addenda>
        </c:Comprobante>
        """;
}
