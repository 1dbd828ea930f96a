using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Texts of pages, brought to one form for comparing.</summary>
public static partial class Words
{
    /// <summary>Lower case without accents or marks, single blanks, single letters joined: "R.F.C.:" is "rfc", "C.P." is "cp".</summary>
    public static string Normalise(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var plain = new StringBuilder(text.Length);
        foreach (var c in Camel().Replace(text, "$1 $2").Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            plain.Append(c is 'º' or '°' or 'ª' ? 'o' : char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        }

        return Spaces().Replace(SingleLetters().Replace(plain.ToString(), m => m.Value.Replace(" ", "", StringComparison.Ordinal)), " ").Trim();
    }

    /// <summary>Letters and digits alone, upper case: how codes are compared.</summary>
    public static string Code(string? text) => new([.. (text ?? "").Normalize(NormalizationForm.FormC).Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);

    /// <summary>The phrase as whole words in the text; both normalised.</summary>
    public static bool Has(string text, string phrase) => $" {text} ".Contains($" {phrase} ", StringComparison.Ordinal);

    /// <summary>How much a text (normalised) is the phrase: 1 the same, less the more there is around it, 0 not at all.</summary>
    public static double Likeness(string text, string phrase)
    {
        if (text.Length == 0 || phrase.Length == 0)
        {
            return 0;
        }

        if (text == phrase)
        {
            return 1;
        }

        return Has(text, phrase) ? 0.62 + (0.33 * phrase.Length / text.Length) : 0;
    }

    /// <summary>Forms of one word: "facturación" and "factura", "general" and "generales".</summary>
    public static bool Akin(string one, string other) => one == other || (one.Length >= Stem && other.Length >= Stem && one.AsSpan(0, Stem).SequenceEqual(other.AsSpan(0, Stem)));

    // Letters in which forms of one word agree.
    private const int Stem = 5;

    /// <summary>A personal value as it may appear in a description: its ends only.</summary>
    public static string Mask(string value) => value.Length <= 4 ? "…" : $"{value[..2]}…{value[^2..]}";

    [GeneratedRegex("([a-záéíóúñ])([A-ZÁÉÍÓÚÑ])")]
    private static partial Regex Camel();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?<![\p{L}\p{N}])\p{L}(?: \p{L}(?![\p{L}\p{N}]))+")]
    private static partial Regex SingleLetters();
}
