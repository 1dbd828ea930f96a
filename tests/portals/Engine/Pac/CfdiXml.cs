using System.Text;
using System.Xml;

namespace Invoicing.Portals.Engine.Pac;

/// <summary>Seals and stamp of a draft.</summary>
internal sealed record Seals(string Seal, string Certificate, Guid Uuid, string StampedAt, string PacRfc, string PacCertificateNumber, string PacSeal);

/// <summary>Writes the sealed and stamped XML.</summary>
internal static class CfdiXml
{
    private const string Cfdi = "http://www.sat.gob.mx/cfd/4";
    private const string Tfd = "http://www.sat.gob.mx/TimbreFiscalDigital";
    private const string Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    public static byte[] Write(CfdiDraft draft, Seals seals)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("cfdi", "Comprobante", Cfdi);
            WriteHeader(xml, draft, seals);
            WriteParties(xml, draft);
            WriteConcepts(xml, draft);
            WriteTaxes(xml, draft);
            WriteStamp(xml, seals);
            xml.WriteEndElement();
        }

        return buffer.ToArray();
    }

    private static void WriteHeader(XmlWriter xml, CfdiDraft draft, Seals seals)
    {
        xml.WriteAttributeString("xmlns", "xsi", null, Xsi);
        xml.WriteAttributeString("xsi", "schemaLocation", Xsi, $"{Cfdi} http://www.sat.gob.mx/sitio_internet/cfd/4/cfdv40.xsd");
        Attributes(xml,
            ("Version", "4.0"), ("Serie", draft.Issuer.Serie), ("Folio", draft.Folio), ("Fecha", draft.Fecha),
            ("Sello", seals.Seal), ("FormaPago", draft.FormaPago), ("NoCertificado", draft.CertificateNumber),
            ("Certificado", seals.Certificate), ("SubTotal", draft.SubTotal), ("Moneda", "MXN"), ("Total", draft.Total),
            ("TipoDeComprobante", "I"), ("Exportacion", "01"), ("MetodoPago", draft.MetodoPago), ("LugarExpedicion", draft.Issuer.PostalCode));
    }

    private static void WriteParties(XmlWriter xml, CfdiDraft draft)
    {
        Leaf(xml, "Emisor", ("Rfc", draft.Issuer.Rfc), ("Nombre", draft.Issuer.LegalName), ("RegimenFiscal", draft.Issuer.Regimen));
        Leaf(xml, "Receptor", ("Rfc", draft.Receptor.Rfc), ("Nombre", draft.Receptor.Nombre),
            ("DomicilioFiscalReceptor", draft.Receptor.PostalCode), ("RegimenFiscalReceptor", draft.Receptor.Regimen),
            ("UsoCFDI", draft.Receptor.Uso));
    }

    private static void WriteConcepts(XmlWriter xml, CfdiDraft draft)
    {
        xml.WriteStartElement("Conceptos", Cfdi);
        foreach (var concept in draft.Concepts)
        {
            xml.WriteStartElement("Concepto", Cfdi);
            Attributes(xml, ("ClaveProdServ", concept.ProductKey), ("Cantidad", concept.Quantity), ("ClaveUnidad", concept.UnitKey),
                ("Descripcion", concept.Description), ("ValorUnitario", concept.UnitValue), ("Importe", concept.Amount), ("ObjetoImp", "02"));
            xml.WriteStartElement("Impuestos", Cfdi);
            WriteTransfer(xml, concept.Amount, concept.Iva);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteTaxes(XmlWriter xml, CfdiDraft draft)
    {
        xml.WriteStartElement("Impuestos", Cfdi);
        Attributes(xml, ("TotalImpuestosTrasladados", draft.Iva));
        WriteTransfer(xml, draft.SubTotal, draft.Iva);
        xml.WriteEndElement();
    }

    private static void WriteTransfer(XmlWriter xml, string amount, string iva)
    {
        xml.WriteStartElement("Traslados", Cfdi);
        Leaf(xml, "Traslado", ("Base", amount), ("Impuesto", "002"), ("TipoFactor", "Tasa"), ("TasaOCuota", "0.160000"), ("Importe", iva));
        xml.WriteEndElement();
    }

    private static void WriteStamp(XmlWriter xml, Seals seals)
    {
        xml.WriteStartElement("Complemento", Cfdi);
        xml.WriteStartElement("tfd", "TimbreFiscalDigital", Tfd);
        xml.WriteAttributeString("xsi", "schemaLocation", Xsi, $"{Tfd} http://www.sat.gob.mx/sitio_internet/cfd/TimbreFiscalDigital/TimbreFiscalDigitalv11.xsd");
        Attributes(xml, ("Version", "1.1"), ("UUID", seals.Uuid.ToString().ToUpperInvariant()), ("FechaTimbrado", seals.StampedAt),
            ("RfcProvCertif", seals.PacRfc), ("SelloCFD", seals.Seal), ("NoCertificadoSAT", seals.PacCertificateNumber),
            ("SelloSAT", seals.PacSeal));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Leaf(XmlWriter xml, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name, Cfdi);
        Attributes(xml, attributes);
        xml.WriteEndElement();
    }

    private static void Attributes(XmlWriter xml, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach (var (name, value) in attributes) xml.WriteAttributeString(name, value);
    }
}
