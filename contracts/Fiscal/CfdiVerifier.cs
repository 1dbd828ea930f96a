using System.Security.Cryptography.X509Certificates;

namespace Invoicing.Fiscal;

/// <summary>
/// Verifies a CFDI 4.0 without asking anyone. Checks: xml, version, estructura, catalogos, sello, certificado_rfc,
/// certificado_numero, certificado_vigencia, timbre, timbre_uuid, timbre_sello_cfd, timbre_sello_sat, timbre_plazo, sumas,
/// fecha; and with an expectation tipo, emisor_rfc, receptor_rfc, receptor_regimen, receptor_codigo_postal, receptor_uso,
/// total, moneda. Whether SAT has it as vigente is another question (see <see cref="CfdiQr"/>).
/// </summary>
public static class CfdiVerifier
{
    /// <summary>Never throws for what the document holds.</summary>
    /// <param name="reading">What <see cref="Cfdi.Parse"/> answered.</param>
    /// <param name="now">An invoice more than a day ahead of it is invalid.</param>
    /// <param name="pacs">Trusted PAC certificates by their 20-digit number (<see cref="SatCertificate.Serial"/>).</param>
    /// <param name="expected">What it must match, if anything.</param>
    public static CfdiVerification Verify(
        CfdiReading reading, DateTimeOffset now, IReadOnlyDictionary<string, X509Certificate2> pacs, CfdiExpectation? expected = null)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(pacs);
        return reading is Cfdi cfdi ? Verify(cfdi, now, pacs, expected) : Unreadable((CfdiUnreadable)reading);
    }

    private static CfdiVerification Verify(
        Cfdi cfdi, DateTimeOffset now, IReadOnlyDictionary<string, X509Certificate2> pacs, CfdiExpectation? expected)
    {
        var seal = SealChecks.Of(cfdi);
        var stamp = StampChecks.Of(cfdi, pacs);
        return new()
        {
            Version = cfdi.Version,
            Uuid = cfdi.Uuid,
            EmisorRfc = cfdi.Emisor.Rfc,
            ReceptorRfc = cfdi.Receptor.Rfc,
            Total = cfdi.Total,
            Fecha = cfdi.Fecha,
            Seal = seal.Max(check => check.Status),
            Stamp = stamp.Max(check => check.Status),
            Checks =
            [
                CfdiCheck.Valid("xml", "El XML está bien formado."),
                CfdiCheck.If("version", cfdi.Version == "4.0", "Es un CFDI 4.0.", "La versión del comprobante no es 4.0."),
                StructureCheck.Of(cfdi),
                CatalogueCheck.Of(cfdi),
                .. seal,
                .. stamp,
                SumsCheck.Of(cfdi),
                .. MatchChecks.Of(cfdi, now, expected),
            ],
        };
    }

    private static CfdiVerification Unreadable(CfdiUnreadable reading) => new()
    {
        Seal = CheckStatus.Unverified,
        Stamp = CheckStatus.Unverified,
        Checks = [CfdiCheck.Invalid(reading.Code is "version" ? "version" : "xml", reading.Detail)],
    };
}
