using System.Security.Cryptography.X509Certificates;

namespace Invoicing.Fiscal;

/// <summary>The PAC's timbre: that there is one, that it is of this very CFDI, and that a trusted PAC signed it.</summary>
internal static class StampChecks
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(72);

    // The PAC's clock is the centre's, the emisor's may be up to three hours away.
    private static readonly TimeSpan Zones = TimeSpan.FromHours(3);

    internal static IReadOnlyList<CfdiCheck> Of(Cfdi cfdi, IReadOnlyDictionary<string, X509Certificate2> pacs)
    {
        var count = cfdi.Root.Elements()
            .Where(part => part.Name != CfdiNamespaces.Cfdi + "Addenda")
            .Sum(part => part.DescendantsAndSelf(CfdiNamespaces.TimbreFiscalDigital).Count());
        if (cfdi is not { Timbre: { } timbre, TimbreElement: { } element } || count != 1)
            return [CfdiCheck.Invalid("timbre", count == 0 ? "No está timbrado: le falta el TimbreFiscalDigital." : $"El timbre debe ser uno y estar en el Complemento; se hallaron {count}.")];
        return
        [
            CfdiCheck.If("timbre", timbre.Version == "1.1", "Lleva un timbre fiscal digital 1.1.", "La versión del timbre no es 1.1."),
            CfdiCheck.If("timbre_uuid", cfdi.Uuid is not null, "El folio fiscal es un UUID.", "El folio fiscal no es un UUID."),
            CfdiCheck.If(
                "timbre_sello_cfd", timbre.SelloCfd.Length > 0 && timbre.SelloCfd == cfdi.Sello,
                "El timbre es de este comprobante.", "SelloCFD no es el sello del comprobante: el timbre es de otro."),
            OfSeal(timbre, CadenaOriginal.OfTimbre(element), pacs),
            OfTime(cfdi.Fecha, timbre.FechaTimbrado),
        ];
    }

    private static CfdiCheck OfSeal(CfdiTimbre timbre, string cadena, IReadOnlyDictionary<string, X509Certificate2> pacs)
    {
        const string code = "timbre_sello_sat";
        if (!pacs.TryGetValue(timbre.NoCertificadoSat, out var pac))
            return CfdiCheck.Unverified(code, $"No se tiene el certificado {Safe.Name(timbre.NoCertificadoSat)} con que se timbró.");
        if (timbre.FechaTimbrado is { } time && !SealChecks.InForce(pac, time))
            return CfdiCheck.Invalid(code, "El certificado del PAC no estaba vigente al timbrar.");
        return CfdiCheck.If(
            code, pac.Sealed(cadena, timbre.SelloSat) == true,
            "El sello del timbre es del PAC.", "El sello del timbre no corresponde al certificado del PAC.");
    }

    private static CfdiCheck OfTime(DateTime? issued, DateTime? stamped) => CfdiCheck.If(
        "timbre_plazo", stamped - issued is { } wait && wait <= Window + Zones && wait >= -Zones,
        "Se timbró dentro de las 72 horas.", "La fecha del timbre no está dentro de las 72 horas que siguen a la emisión.");
}
