using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Invoicing.Fiscal;
using Invoicing.Fiscal.Tests;

namespace Invoicing.Tickets.Tests;

/// <summary>A CFDI 4.0 sealed by a test company and stamped by a test PAC.</summary>
internal static class TestInvoice
{
    public const string Receptor = "URE180429TM6";
    public const string Emisor = "EKU9003173C9";

    /// <param name="total">With 16 % IVA inside.</param>
    /// <param name="pac">Another than the trusted one makes the stamp unverified.</param>
    public static (byte[] Xml, string Uuid) Make(decimal total, string receptor = Receptor, Guid? uuid = null, TestCertificate? pac = null)
    {
        var id = (uuid ?? Guid.NewGuid()).ToString("D").ToUpperInvariant();
        var document = Plain(total, receptor);
        var root = document.Root!;
        root.SetAttributeValue("Sello", TestCertificate.Emisor.Sign(CadenaOriginal.Of(document)));
        var timbre = new XElement(
            CfdiNamespaces.Timbre + "TimbreFiscalDigital",
            new XAttribute(XNamespace.Xmlns + "tfd", CfdiNamespaces.Timbre.NamespaceName),
            new XAttribute("Version", "1.1"), new XAttribute("UUID", id), new XAttribute("FechaTimbrado", "2026-03-10T12:31:00"),
            new XAttribute("RfcProvCertif", "PSC260101T93"), new XAttribute("SelloCFD", root.Attribute("Sello")!.Value),
            new XAttribute("NoCertificadoSAT", (pac ?? TestCertificate.Pac).Number));
        timbre.SetAttributeValue("SelloSAT", (pac ?? TestCertificate.Pac).Sign(CadenaOriginal.OfTimbre(timbre)));
        root.Element(CfdiNamespaces.Cfdi + "Complemento")!.Add(timbre);
        return (Encoding.UTF8.GetBytes(document.ToString()), id);
    }

    private static XDocument Plain(decimal total, string receptor)
    {
        static string Money(decimal m) => m.ToString("0.00", CultureInfo.InvariantCulture);
        var net = Math.Round(total / 1.16m, 2);
        var (basis, iva) = (Money(net), Money(total - net));
        return XDocument.Parse($"""
            <cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/4" Version="4.0" Fecha="2026-03-10T12:30:00" Sello="" FormaPago="28"
                NoCertificado="{TestCertificate.Emisor.Number}" Certificado="{TestCertificate.Emisor.Base64}" SubTotal="{basis}" Moneda="MXN"
                Total="{Money(total)}" TipoDeComprobante="I" Exportacion="01" MetodoPago="PUE" LugarExpedicion="06000">
              <cfdi:Emisor Rfc="{Emisor}" Nombre="ESCUELA KEMPER URGATE" RegimenFiscal="601" />
              <cfdi:Receptor Rfc="{receptor}" Nombre="UNIVERSIDAD ROBOTICA ESPAÑOLA" DomicilioFiscalReceptor="86991" RegimenFiscalReceptor="601" UsoCFDI="G03" />
              <cfdi:Conceptos>
                <cfdi:Concepto ClaveProdServ="50202306" Cantidad="1" ClaveUnidad="H87" Descripcion="Consumo" ValorUnitario="{basis}" Importe="{basis}" ObjetoImp="02">
                  <cfdi:Impuestos><cfdi:Traslados>
                    <cfdi:Traslado Base="{basis}" Impuesto="002" TipoFactor="Tasa" TasaOCuota="0.160000" Importe="{iva}" />
                  </cfdi:Traslados></cfdi:Impuestos>
                </cfdi:Concepto>
              </cfdi:Conceptos>
              <cfdi:Impuestos TotalImpuestosTrasladados="{iva}"><cfdi:Traslados>
                <cfdi:Traslado Base="{basis}" Impuesto="002" TipoFactor="Tasa" TasaOCuota="0.160000" Importe="{iva}" />
              </cfdi:Traslados></cfdi:Impuestos>
              <cfdi:Complemento />
            </cfdi:Comprobante>
            """);
    }
}
