using System.Xml.Linq;

namespace Invoicing.Fiscal;

/// <summary>
/// An invoice read from its original bytes. Nothing here is verified: see <see cref="CfdiVerifier"/>. Texts are "" and
/// amounts null where the document says nothing usable; the texts that may be missing by rule are null.
/// </summary>
public sealed class Cfdi : CfdiReading
{
    private Cfdi(ReadOnlyMemory<byte> bytes, XElement root)
    {
        Bytes = bytes;
        Root = root;
        var emisor = root.Element(CfdiNamespaces.Cfdi + "Emisor");
        Emisor = new(emisor.Get("Rfc"), emisor.Get("Nombre"), emisor.Get("RegimenFiscal"));
        var receptor = root.Element(CfdiNamespaces.Cfdi + "Receptor");
        Receptor = new(
            receptor.Get("Rfc"), receptor.Get("Nombre"), receptor.Get("DomicilioFiscalReceptor"),
            receptor.Get("RegimenFiscalReceptor"), receptor.Get("UsoCFDI"));
        Conceptos = [.. root.Elements(CfdiNamespaces.Cfdi + "Conceptos").Elements(CfdiNamespaces.Cfdi + "Concepto").Select(ToConcepto)];
        var complements = root.Elements(CfdiNamespaces.Cfdi + "Complemento").Elements().ToList();
        Complementos = [.. complements.Select(complement => complement.Name.LocalName)];
        var timbres = complements.Where(complement => complement.Name == CfdiNamespaces.TimbreFiscalDigital).ToList();
        TimbreElement = timbres.Count == 1 ? timbres[0] : null;
        Timbre = TimbreElement is { } timbre ? ToTimbre(timbre) : null;
    }

    /// <summary>The file as it came. Keep these; a document that is written again may no longer verify.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public string Version => Root.Get("Version");
    public string? Serie => Root.Find("Serie");
    public string? Folio => Root.Find("Folio");

    /// <summary>Local time of the place of issue, without zone; often later than the purchase.</summary>
    public DateTime? Fecha => Root.Time("Fecha");

    public string Sello => Root.Get("Sello");
    public string? FormaPago => Root.Find("FormaPago");
    public string? MetodoPago => Root.Find("MetodoPago");
    public string? CondicionesDePago => Root.Find("CondicionesDePago");
    public string NoCertificado => Root.Get("NoCertificado");

    /// <summary>The emisor's certificate: base64 of its DER.</summary>
    public string Certificado => Root.Get("Certificado");

    public decimal? SubTotal => Root.Amount("SubTotal");
    public decimal? Descuento => Root.Amount("Descuento");
    public string Moneda => Root.Get("Moneda");
    public decimal? TipoCambio => Root.Amount("TipoCambio");

    /// <summary>In <see cref="Moneda"/>.</summary>
    public decimal? Total => Root.Amount("Total");

    /// <summary>I ingreso, E egreso, T traslado, N nómina, P pago.</summary>
    public string TipoDeComprobante => Root.Get("TipoDeComprobante");

    public string Exportacion => Root.Get("Exportacion");
    public string LugarExpedicion => Root.Get("LugarExpedicion");
    public string? Confirmacion => Root.Find("Confirmacion");
    public CfdiEmisor Emisor { get; }
    public CfdiReceptor Receptor { get; }
    public IReadOnlyList<CfdiConcepto> Conceptos { get; }

    /// <summary>Local names of the complements, the timbre among them.</summary>
    public IReadOnlyList<string> Complementos { get; }

    /// <summary>Null unless there is exactly one.</summary>
    public CfdiTimbre? Timbre { get; }

    /// <summary>Upper case with hyphens, the same for the same invoice however it was written; null without a timbre or when it is no UUID.</summary>
    public string? Uuid => Guid.TryParseExact(Timbre?.Uuid, "D", out var uuid) ? uuid.ToString("D").ToUpperInvariant() : null;

    internal XElement Root { get; }
    internal XElement? TimbreElement { get; }

    /// <summary>Never throws: what cannot be read says why.</summary>
    public static CfdiReading Parse(ReadOnlyMemory<byte> bytes)
    {
        var (document, unreadable) = HostileXml.Load(bytes);
        if (document?.Root is not { } root) return unreadable!;
        if (root.Name == CfdiNamespaces.Comprobante) return new Cfdi(bytes, root);
        if (root.Name.LocalName.Equals("html", StringComparison.OrdinalIgnoreCase)) return NotXml.Html;
        return root.Name.LocalName == "Comprobante" && root.Name.NamespaceName.StartsWith("http://www.sat.gob.mx/cfd", StringComparison.Ordinal)
            ? new CfdiUnreadable("version", "Es un comprobante de una versión anterior del CFDI; desde 2023 sólo vale la 4.0.")
            : new CfdiUnreadable("no_es_cfdi", "El XML no es un CFDI: su raíz no es cfdi:Comprobante 4.0.");
    }

    private static CfdiConcepto ToConcepto(XElement concepto) => new(
        concepto.Get("ClaveProdServ"), concepto.Get("ClaveUnidad"), concepto.Get("Descripcion"), concepto.Amount("Cantidad"),
        concepto.Amount("ValorUnitario"), concepto.Amount("Importe"), concepto.Amount("Descuento"), concepto.Get("ObjetoImp"));

    private static CfdiTimbre ToTimbre(XElement timbre) => new(
        timbre.Get("Version"), timbre.Get("UUID"), timbre.Time("FechaTimbrado"), timbre.Get("RfcProvCertif"),
        timbre.Get("SelloCFD"), timbre.Get("NoCertificadoSAT"), timbre.Get("SelloSAT"));
}
