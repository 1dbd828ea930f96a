namespace Invoicing.Portals.Engine.Pac;

/// <summary>
/// The strings that are signed, written out for the one shape of CFDI made here, in the attribute order of Anexo 20.
/// On purpose not shared with the system under test, so that its verification meets a second implementation.
/// </summary>
internal static class Cadena
{
    public static string Of(CfdiDraft draft)
    {
        List<string> parts =
        [
            "4.0", draft.Issuer.Serie, draft.Folio, draft.Fecha, draft.FormaPago, draft.CertificateNumber,
            draft.SubTotal, "MXN", draft.Total, "I", "01", draft.MetodoPago, draft.Issuer.PostalCode,
            draft.Issuer.Rfc, draft.Issuer.LegalName, draft.Issuer.Regimen,
            draft.Receptor.Rfc, draft.Receptor.Nombre, draft.Receptor.PostalCode, draft.Receptor.Regimen, draft.Receptor.Uso,
        ];
        foreach (var concept in draft.Concepts)
        {
            parts.AddRange([concept.ProductKey, concept.Quantity, concept.UnitKey, concept.Description, concept.UnitValue, concept.Amount, "02"]);
            parts.AddRange([concept.Amount, "002", "Tasa", "0.160000", concept.Iva]);
        }

        parts.AddRange([draft.SubTotal, "002", "Tasa", "0.160000", draft.Iva, draft.Iva]);
        return Join(parts);
    }

    public static string OfStamp(Guid uuid, string stampedAt, string pacRfc, string seal, string pacCertificateNumber) =>
        Join(["1.1", uuid.ToString().ToUpperInvariant(), stampedAt, pacRfc, seal, pacCertificateNumber]);

    private static string Join(IEnumerable<string> parts) =>
        $"||{string.Join('|', parts.Select(part => string.Join(' ', part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))))}||";
}
