using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>
/// Tickets say the total in words as well: (MIL OCHOCIENTOS CINCO PESOS 63/100 M.N.). However badly they are printed, few amounts have words that are
/// near to them.
/// </summary>
internal static partial class AmountInWords
{
    private const int Most = 9_999;

    /// <summary>Of the letters so many may be read wrong.</summary>
    private const double Tolerance = .25;

    private static readonly string[] Units = ["", "UN", "DOS", "TRES", "CUATRO", "CINCO", "SEIS", "SIETE", "OCHO", "NUEVE", "DIEZ", "ONCE", "DOCE", "TRECE", "CATORCE", "QUINCE", "DIECISEIS", "DIECISIETE", "DIECIOCHO", "DIECINUEVE", "VEINTE"];
    private static readonly string[] Tens = ["", "", "VEINTI", "TREINTA", "CUARENTA", "CINCUENTA", "SESENTA", "SETENTA", "OCHENTA", "NOVENTA"];
    private static readonly string[] Hundreds = ["", "CIENTO", "DOSCIENTOS", "TRESCIENTOS", "CUATROCIENTOS", "QUINIENTOS", "SEISCIENTOS", "SETECIENTOS", "OCHOCIENTOS", "NOVECIENTOS"];

    private static readonly Lazy<string[]> Words = new(() => [.. Enumerable.Range(0, Most + 1).Select(amount => Skeleton.Of(Say(amount)).Letters)]);

    /// <summary>Null when no row says an amount so, or when two amounts are as near to it.</summary>
    public static decimal? In(TicketPaper paper)
    {
        for (var row = 0; row < paper.Rows.Count; row++)
        {
            if (Cents().Match(paper.Plain[row]) is { Success: true } cents && Whole(paper, row, paper.Plain[row][..cents.Index]) is { } whole)
            {
                return whole + (int.Parse(LookAlikes.AsDigits(cents.Groups["cents"].Value), System.Globalization.CultureInfo.InvariantCulture) / 100m);
            }
        }

        return null;
    }

    /// <summary>The words may have begun in the row above.</summary>
    private static int? Whole(TicketPaper paper, int row, string before)
    {
        var text = row > 0 && !before.Contains('(', StringComparison.Ordinal) && paper.Rows[row - 1].Text.Contains('(', StringComparison.Ordinal) ? paper.Plain[row - 1] + before : before;
        var letters = Pesos().Replace(Skeleton.Of(text[(text.LastIndexOf('(') + 1)..]).Letters, "");
        return letters.Length < 3 ? null : Nearest(letters);
    }

    private static int? Nearest(string letters)
    {
        var (best, second, amount) = (int.MaxValue, int.MaxValue, 0);
        for (var i = 1; i <= Most; i++)
        {
            var distance = Math.Abs(Words.Value[i].Length - letters.Length) < best ? FuzzySharp.Levenshtein.EditDistance(Words.Value[i], letters) : int.MaxValue;
            (best, second, amount) = distance < best ? (distance, best, i) : (best, Math.Min(second, distance), amount);
        }

        return best < second && best <= letters.Length * Tolerance ? amount : null;
    }

    private static string Say(int amount)
    {
        var (thousands, rest) = (amount / 1000, amount % 1000);
        var (hundreds, tens) = (rest / 100, rest % 100);
        return (thousands > 1 ? Units[thousands] : "") + (thousands > 0 ? "MIL" : "") + (rest == 100 ? "CIEN" : Hundreds[hundreds]) + SayTens(tens);
    }

    private static string SayTens(int tens) => tens <= 20 ? Units[tens] : Tens[tens / 10] + (tens % 10 > 0 && tens >= 30 ? "Y" : "") + Units[tens % 10];

    [GeneratedRegex(@"(?<![\dA-Z])(?<cents>[\dOQDILSBZ]{2})\s?[/1I|]\s?[1IL|][\dOQD]{2}(?!\d)")]
    private static partial Regex Cents();

    [GeneratedRegex("[PBF]?E[SB][OCG][SB]?$")]
    private static partial Regex Pesos();
}
