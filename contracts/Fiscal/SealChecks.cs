using System.Security.Cryptography.X509Certificates;

namespace Invoicing.Fiscal;

/// <summary>The emisor's seal, and that the certificate in the document is the emisor's and was in force.</summary>
internal static class SealChecks
{
    // A Fecha has no zone; Mexico's are UTC-5 to UTC-8, so its instant is known only up to these bounds.
    private static readonly TimeSpan Earliest = TimeSpan.FromHours(5);
    private static readonly TimeSpan Latest = TimeSpan.FromHours(8);

    internal static IReadOnlyList<CfdiCheck> Of(Cfdi cfdi)
    {
        using var certificate = SatCertificate.Load(cfdi.Certificado);
        if (certificate is null)
            return [CfdiCheck.Invalid("sello", "El certificado del emisor no se puede leer, así que el sello no se sostiene.")];
        return
        [
            OfSeal(cfdi, certificate),
            CfdiCheck.If(
                "certificado_rfc", SatCertificate.Rfc(certificate) is { } rfc && rfc == cfdi.Emisor.Rfc,
                "El certificado es del emisor.", "El certificado no es del RFC del emisor."),
            CfdiCheck.If(
                "certificado_numero", SatCertificate.Serial(certificate) is { } serial && serial == cfdi.NoCertificado,
                "El número del certificado coincide.", "NoCertificado no es el número del certificado incluido."),
            CfdiCheck.If(
                "certificado_vigencia", cfdi.Fecha is { } time && InForce(certificate, time),
                "El certificado estaba vigente al emitir.", "El certificado no estaba vigente en la fecha del comprobante."),
        ];
    }

    internal static bool InForce(X509Certificate2 certificate, DateTime local) =>
        local + Latest >= certificate.NotBefore.ToUniversalTime() && local + Earliest <= certificate.NotAfter.ToUniversalTime();

    private static CfdiCheck OfSeal(Cfdi cfdi, X509Certificate2 certificate)
    {
        var cadena = CadenaOriginal.Read(cfdi.Root);
        if (cadena.Unknown.Count > 0)
            return CfdiCheck.Unverified("sello", $"Lleva un complemento cuyo orden no se conoce ({Safe.Name(cadena.Unknown[0])}); el sello no se pudo comprobar.");
        return certificate.Sealed(cadena.ToString(), cfdi.Sello) switch
        {
            true => CfdiCheck.Valid("sello", "El sello corresponde al contenido y al certificado del emisor."),
            false => CfdiCheck.Invalid("sello", "El sello no corresponde al contenido: el comprobante fue alterado o no lo selló el emisor."),
            null => CfdiCheck.Invalid("sello", "La llave del certificado no es de las que sellan un CFDI (RSA de 2048 bits o más)."),
        };
    }
}
