using System.Text.RegularExpressions;

namespace Invoicing.Fiscal;

/// <summary>
/// What SAT checks of a receptor at stamping (CFDI 4.0) and can be told without asking SAT. Whether name and código postal
/// are those of the constancia only SAT knows.
/// </summary>
public static partial class FiscalProfileRules
{
    /// <summary>Empty when nothing is wrong. A missing value is null or "".</summary>
    public static IReadOnlyList<FiscalProfileProblem> Check(
        string? rfc, string? nombre, string? codigoPostal, string? regimen, string? uso, string? correo)
    {
        var inspection = Rfc.Inspect(rfc ?? "");
        return
        [
            .. OfRfc(inspection),
            .. ReceptorName.Check(nombre, inspection.Kind),
            .. OfPostalCode(codigoPostal),
            .. OfRegimen(regimen, inspection.Kind),
            .. OfUso(uso, regimen, inspection.Kind),
            .. OfMail(correo),
        ];
    }

    private static IEnumerable<FiscalProfileProblem> OfRfc(RfcInspection rfc)
    {
        var code = (rfc.FormatValid, rfc.Kind) switch
        {
            (false, _) => "rfc_invalido",
            (_, RfcKind.Generico or RfcKind.Extranjero) => "rfc_generico",
            _ => "rfc_digito_verificador",
        };
        return rfc.Reasons.Select(reason => new FiscalProfileProblem("rfc", code, reason, IsError: !rfc.FormatValid));
    }

    private static IEnumerable<FiscalProfileProblem> OfPostalCode(string? postalCode)
    {
        if (!PostalCode().IsMatch(postalCode ?? ""))
            yield return Error("codigo_postal", "codigo_postal_invalido", "El código postal son los 5 dígitos del domicilio fiscal que aparece en la constancia.");
    }

    private static IEnumerable<FiscalProfileProblem> OfRegimen(string? key, RfcKind? kind)
    {
        if (!RegimenFiscal.All.TryGetValue(key ?? "", out var regimen))
            yield return Error("regimen_fiscal", "regimen_desconocido", "El régimen fiscal no está en el catálogo del SAT; use su clave de 3 dígitos, por ejemplo 601.");
        else if (kind is RfcKind.Generico or RfcKind.Extranjero && regimen.Key != "616")
            yield return Error("regimen_fiscal", "regimen_generico", "Con un RFC genérico el régimen fiscal es 616, Sin obligaciones fiscales.");
        else if (kind is { } person && !regimen.Fits(person))
            yield return Error("regimen_fiscal", "regimen_persona", $"El régimen {regimen.Key} ({regimen.Text}) no es de {Person(person)}.");
    }

    private static IEnumerable<FiscalProfileProblem> OfUso(string? key, string? regimenKey, RfcKind? kind)
    {
        if (!UsoCfdi.All.TryGetValue(key ?? "", out var uso))
            yield return Error("uso_cfdi", "uso_desconocido", "El uso del CFDI no está en el catálogo del SAT; use su clave, por ejemplo G03.");
        else if (kind is RfcKind.Generico or RfcKind.Extranjero && uso.Key != "S01")
            yield return Error("uso_cfdi", "uso_generico", "Con un RFC genérico el uso es S01, Sin efectos fiscales.");
        else if (RegimenFiscal.All.TryGetValue(regimenKey ?? "", out var regimen) && !uso.Regimenes.Contains(regimen.Key))
            yield return Error("uso_cfdi", "uso_regimen", $"El SAT no admite el uso {uso.Key} ({uso.Text}) con el régimen {regimen.Key} ({regimen.Text}).");
        else if (kind == RfcKind.Moral && !uso.Moral)
            yield return Error("uso_cfdi", "uso_persona", $"El uso {uso.Key} ({uso.Text}) es sólo de personas físicas.");
    }

    private static IEnumerable<FiscalProfileProblem> OfMail(string? mail)
    {
        if (string.IsNullOrWhiteSpace(mail))
            yield return new("correo", "correo_vacio", "Sin correo, los portales que sólo envían la factura por correo no podrán usarse.", IsError: false);
        else if (mail.Length > 254 || !Mail().IsMatch(mail))
            yield return Error("correo", "correo_invalido", "El correo no tiene la forma nombre@dominio.");
    }

    private static string Person(RfcKind kind) => kind == RfcKind.Moral ? "personas morales" : "personas físicas";

    private static FiscalProfileProblem Error(string field, string code, string detail) => new(field, code, detail, IsError: true);

    // No Mexican postal code begins with 00.
    [GeneratedRegex(@"\A(?!00)[0-9]{5}\z")]
    private static partial Regex PostalCode();

    [GeneratedRegex(@"\A[A-Za-z0-9._%+'&-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}\z")]
    private static partial Regex Mail();
}
