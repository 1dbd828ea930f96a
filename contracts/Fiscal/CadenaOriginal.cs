using System.Xml.Linq;

namespace Invoicing.Fiscal;

/// <summary>
/// The string that is signed: <c>||4.0|Serie|Folio|…||</c> for the emisor's seal, <c>||1.1|UUID|…||</c> for the PAC's.
/// Sign its UTF-8 bytes with RSA, SHA-256, PKCS#1 v1.5. Order: Anexo 20 of the RMF, CFDI 4.0 and timbre 1.1.
/// </summary>
public static class CadenaOriginal
{
    /// <summary>Cadena of a CFDI 4.0; Sello, Certificado, timbre and Addenda are not part of it.</summary>
    /// <exception cref="ArgumentException">The root is not a CFDI 4.0, or it carries a complement whose order is not known.</exception>
    public static string Of(XDocument cfdi)
    {
        ArgumentNullException.ThrowIfNull(cfdi);
        if (cfdi.Root?.Name != CfdiNamespaces.Comprobante)
            throw new ArgumentException("The root is not a Comprobante of CFDI 4.0.", nameof(cfdi));
        var cadena = Read(cfdi.Root);
        return cadena.Unknown.Count == 0
            ? cadena.ToString()
            : throw new ArgumentException($"No known order for {string.Join(", ", cadena.Unknown)}.", nameof(cfdi));
    }

    /// <summary>Cadena of the timbre: <c>tfd:TimbreFiscalDigital</c> 1.1, whose SelloSAT is not part of it.</summary>
    /// <exception cref="ArgumentException">The element is not a TimbreFiscalDigital.</exception>
    public static string OfTimbre(XElement timbre)
    {
        ArgumentNullException.ThrowIfNull(timbre);
        if (timbre.Name != CfdiNamespaces.TimbreFiscalDigital)
            throw new ArgumentException("The element is not a TimbreFiscalDigital.", nameof(timbre));
        var cadena = new CadenaWriter();
        cadena.Write(timbre, CadenaOrder.Timbre);
        return cadena.ToString();
    }

    internal static CadenaWriter Read(XElement comprobante)
    {
        var cadena = new CadenaWriter();
        cadena.Write(comprobante, CadenaOrder.Comprobante);
        return cadena;
    }
}
