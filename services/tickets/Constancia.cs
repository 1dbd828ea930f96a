using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Invoicing.Fiscal;

namespace Invoicing.Tickets;

/// <summary>
/// What a Constancia de Situación Fiscal says of its taxpayer, taken from the rows of its text layer. It is not proof: whoever made the PDF may
/// have written anything, so a person confirms what was read.
/// </summary>
/// <param name="Rfc">As printed; the other values are null when they were not found.</param>
/// <param name="Regimenes">Those in force, in the order printed.</param>
/// <param name="Estatus">Of the register, for example ACTIVO.</param>
public sealed partial record Constancia(
    string? Rfc, string? Nombre, string? CodigoPostal, IReadOnlyList<RegimenFiscal> Regimenes, string? Estatus)
{
    /// <summary>Null when the rows are not those of a constancia.</summary>
    public static Constancia? Read(IEnumerable<string> rows)
    {
        var lines = rows.ToList();
        var text = string.Join('\n', lines);
        if (!Plain(text).Contains("constancia de situacion fiscal", StringComparison.Ordinal) || First(RfcLabel(), text) is not { } rfc)
        {
            return null;
        }

        return new Constancia(rfc.ToUpperInvariant(), NameIn(text), First(PostalCodeLabel(), text), RegimenesIn(Plain(string.Join(' ', lines))), First(StatusLabel(), text));
    }

    /// <summary>A company's denomination without its régimen de capital, a person's names in one.</summary>
    private static string? NameIn(string text)
    {
        var parts = First(DenominationLabel(), text) is { } company ? [company]
            : new[] { First(NamesLabel(), text), First(FirstSurnameLabel(), text), First(SecondSurnameLabel(), text) };
        var name = string.Join(' ', parts.OfType<string>().SelectMany(p => p.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        return name.Length > 0 ? name : null;
    }

    /// <summary>Long names break over rows and stand in other words than the catalogue's; two dates behind one mean that it ended.</summary>
    private static List<RegimenFiscal> RegimenesIn(string text)
    {
        var from = text.LastIndexOf("regimenes:", StringComparison.Ordinal);
        var until = from < 0 ? -1 : text.IndexOf("obligaciones:", from, StringComparison.Ordinal);
        var part = from < 0 ? "" : until < 0 ? text[from..] : text[from..until];
        var found = RegimenFiscal.All.Values.Select(r => (Regimen: r, Name: Core(Plain(r.Text)))).Select(r => (r.Regimen, r.Name, At: part.IndexOf(r.Name, StringComparison.Ordinal)))
            .Where(r => r.At >= 0).OrderBy(r => r.At).ToList();
        var whole = found.Where(r => !found.Exists(other => other != r && other.At <= r.At && other.At + other.Name.Length >= r.At + r.Name.Length)).ToList();
        return [.. whole.Where((r, i) => Day().Count(part[r.At..(i + 1 < whole.Count ? whole[i + 1].At : part.Length)]) < 2).Select(r => r.Regimen)];
    }

    /// <summary>The constancia says "Régimen de las Personas Físicas con …" where the catalogue says "Personas Físicas con …".</summary>
    private static string Core(string name) => Lead().Replace(name.Split('(')[0].Trim(), "");

    private static string Plain(string text) => Space().Replace(new string([.. text.Normalize(NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)]).ToLowerInvariant(), " ");

    private static string? First(Regex label, string text) => label.Match(text) is { Success: true } match && match.Groups[1].Value.Trim() is { Length: > 0 } value ? value : null;

    // A value ends with its row or where the next column begins. No pattern backtracks over more than a row.
    [GeneratedRegex(@"\bRFC:?\s{0,3}([A-ZÑ&]{3,4}\d{6}[A-Z\d]{3})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex RfcLabel();

    [GeneratedRegex(@"Denominaci[oó]n\s?/\s?Raz[oó]n\s?Social:[ ]{0,3}([^\n]{1,254}?)(?=\s{2}|\n|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex DenominationLabel();

    [GeneratedRegex(@"^Nombre ?\(s\):[ ]{0,3}([^\n]{1,100}?)(?=\s{2}|\n|$)", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant, 500)]
    private static partial Regex NamesLabel();

    [GeneratedRegex(@"Primer Apellido:[ ]{0,3}([^\n]{1,100}?)(?=\s{2}|\n|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex FirstSurnameLabel();

    [GeneratedRegex(@"Segundo Apellido:[ ]{0,3}([^\n]{1,100}?)(?=\s{2}|\n|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex SecondSurnameLabel();

    [GeneratedRegex(@"C[oó]digo Postal:\s{0,3}(\d{5})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex PostalCodeLabel();

    [GeneratedRegex(@"Estatus en el padr[oó]n:[ ]{0,3}([A-ZÁÉÍÓÚÑ]{1,40})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 500)]
    private static partial Regex StatusLabel();

    [GeneratedRegex(@"^(regimen )?(de )?(las |los )?", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Lead();

    [GeneratedRegex(@"\b\d{2}/\d{2}/\d{4}\b", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Day();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Space();
}
