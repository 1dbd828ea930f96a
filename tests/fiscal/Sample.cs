using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml.Linq;

namespace Invoicing.Fiscal.Tests;

/// <summary>Invoices made for tests. Text in, text out: what is sealed is what is later tampered with.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 3, 12, 18, 0, 0, TimeSpan.Zero);
    public static readonly XNamespace Cfdi = CfdiNamespaces.Cfdi;

    public static readonly IReadOnlyDictionary<string, X509Certificate2> Pacs =
        new Dictionary<string, X509Certificate2> { [TestCertificate.Pac.Number] = TestCertificate.Pac.Certificate };

    public const string Uuid = "5F0C1B5E-8C0B-4B6C-9D57-0A6C1E2F3A4B";

    /// <summary>Neither sealed nor stamped.</summary>
    public static XDocument Plain() => XDocument.Parse($"""
        <cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/4" Version="4.0" Serie="A" Folio="123" Fecha="2026-03-10T12:30:00"
            Sello="" FormaPago="28" NoCertificado="{TestCertificate.Emisor.Number}" Certificado="{TestCertificate.Emisor.Base64}"
            SubTotal="200.00" Descuento="10.00" Moneda="MXN" Total="220.40" TipoDeComprobante="I" Exportacion="01" MetodoPago="PUE" LugarExpedicion="06000">
          <cfdi:Emisor Rfc="EKU9003173C9" Nombre="ESCUELA KEMPER URGATE" RegimenFiscal="601" />
          <cfdi:Receptor Rfc="URE180429TM6" Nombre="UNIVERSIDAD ROBOTICA ESPAÑOLA" DomicilioFiscalReceptor="86991" RegimenFiscalReceptor="601" UsoCFDI="G03" />
          <cfdi:Conceptos>
            <cfdi:Concepto ClaveProdServ="50202306" NoIdentificacion="X-1" Cantidad="2" ClaveUnidad="H87" Unidad="Pieza" Descripcion="Café  de
              olla &amp; pan" ValorUnitario="100.00" Importe="200.00" Descuento="10.00" ObjetoImp="02">
              <cfdi:Impuestos><cfdi:Traslados>
                <cfdi:Traslado Base="190.00" Impuesto="002" TipoFactor="Tasa" TasaOCuota="0.160000" Importe="30.40" />
              </cfdi:Traslados></cfdi:Impuestos>
            </cfdi:Concepto>
          </cfdi:Conceptos>
          <cfdi:Impuestos TotalImpuestosTrasladados="30.40"><cfdi:Traslados>
            <cfdi:Traslado Base="190.00" Impuesto="002" TipoFactor="Tasa" TasaOCuota="0.160000" Importe="30.40" />
          </cfdi:Traslados></cfdi:Impuestos>
          <cfdi:Complemento />
        </cfdi:Comprobante>
        """);

    /// <summary>Sealed and stamped; <paramref name="change"/> happens before the seal, so the seal covers it.</summary>
    public static string Text(Action<XElement>? change = null)
    {
        var document = Plain();
        change?.Invoke(document.Root!);
        return Text(document, TestCertificate.Emisor);
    }

    public static string Text(XDocument document, TestCertificate emisor, TestCertificate? pac = null, string stampedAt = "2026-03-10T12:31:00")
    {
        var root = document.Root!;
        root.SetAttributeValue("Sello", emisor.Sign(CadenaOriginal.Read(root).ToString()));
        Stamp(root, pac ?? TestCertificate.Pac, stampedAt);
        return document.ToString();
    }

    public static void Stamp(XElement root, TestCertificate pac, string stampedAt = "2026-03-10T12:31:00")
    {
        var timbre = new XElement(
            CfdiNamespaces.Timbre + "TimbreFiscalDigital",
            new XAttribute(XNamespace.Xmlns + "tfd", CfdiNamespaces.Timbre.NamespaceName),
            new XAttribute("Version", "1.1"), new XAttribute("UUID", Uuid), new XAttribute("FechaTimbrado", stampedAt),
            new XAttribute("RfcProvCertif", "PSC260101T93"), new XAttribute("SelloCFD", root.Attribute("Sello")!.Value),
            new XAttribute("NoCertificadoSAT", pac.Number));
        timbre.SetAttributeValue("SelloSAT", pac.Sign(CadenaOriginal.OfTimbre(timbre)));
        root.Element(Cfdi + "Complemento")!.Add(timbre);
    }

    public static CfdiReading Read(string text) => Fiscal.Cfdi.Parse(Encoding.UTF8.GetBytes(text));

    public static CfdiVerification Verify(string text, CfdiExpectation? expected = null) =>
        CfdiVerifier.Verify(Read(text), Now, Pacs, expected);

    public static CheckStatus? StatusOf(this CfdiVerification verification, string code) =>
        verification.Checks.SingleOrDefault(check => check.Code == code)?.Status;

    /// <summary>Codes of the invalid checks.</summary>
    public static IEnumerable<string> Failed(this CfdiVerification verification) =>
        verification.Checks.Where(check => check.Status == CheckStatus.Invalid).Select(check => check.Code);
}
