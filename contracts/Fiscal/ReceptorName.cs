using System.Text.RegularExpressions;

namespace Invoicing.Fiscal;

/// <summary>The receptor's name as SAT compares it: that of the constancia, upper case, a company's without its régimen societario.</summary>
internal static partial class ReceptorName
{
    internal static IEnumerable<FiscalProfileProblem> Check(string? name, RfcKind? kind)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            yield return Error("nombre_vacio", "Falta el nombre o la razón social, como aparece en la constancia.");
            yield break;
        }

        if (name.Length > 300 || name.Contains('|') || name.Any(char.IsControl))
        {
            yield return Error("nombre_invalido", "El nombre pasa de 300 caracteres o contiene caracteres que el SAT no admite.");
            yield break;
        }

        if (name.Any(char.IsLower))
            yield return Warning("nombre_minusculas", "El SAT registra los nombres en mayúsculas; escríbalo como en la constancia.");
        if (name != CadenaWriter.Normalise(name))
            yield return Warning("nombre_espacios", "El nombre tiene espacios de más.");
        if (kind == RfcKind.Moral && CarriesCompanyForm(name))
            yield return Warning("nombre_regimen_societario", "En CFDI 4.0 la razón social va sin el régimen societario (SA DE CV, S DE RL…), como en la constancia.");
    }

    private static bool CarriesCompanyForm(string name) =>
        CompanyForm().IsMatch(CadenaWriter.Normalise(name.ToUpperInvariant().Replace(".", " ", StringComparison.Ordinal).Replace(",", " ", StringComparison.Ordinal)));

    private static FiscalProfileProblem Error(string code, string detail) => new("nombre", code, detail, IsError: true);

    private static FiscalProfileProblem Warning(string code, string detail) => new("nombre", code, detail, IsError: false);

    // Always after the name itself: "SA DE CV" alone would be a company called so.
    [GeneratedRegex(@" (S ?A( ?P ?I)?( ?B)?|S ?A ?S|S DE R ?L|S ?P ?R DE R ?[LI]|S ?C( DE R ?L)?|S ?C ?S|A ?C|I ?A ?P|SOCIEDAD ANONIMA|ASOCIACION CIVIL|SOCIEDAD CIVIL)( DE C(APITAL)? ?V(ARIABLE)?)?( SOFOM( E ?N ?R| E ?R)?)?\z")]
    private static partial Regex CompanyForm();
}
