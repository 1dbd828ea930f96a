using System.Globalization;
using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>Amounts of money in a row.</summary>
internal static partial class Amounts
{
    /// <summary>Nobody invoices a ticket of more than this from a photograph; a longer number is a code.</summary>
    private const decimal Most = 9_999_999.99m;

    /// <summary>Amounts with cents, or whole ones behind a $ sign, in the order of the row. Percentages are none.</summary>
    public static List<decimal> In(string row, bool certain)
    {
        var text = Pesos().Replace(certain ? row : Repaired(row), "$$");
        return [.. Amount().Matches(text).Select(match => Parse(match)).OfType<decimal>()];
    }

    public static string Format(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static decimal? Parse(Match match)
    {
        var whole = Separators().Replace(match.Groups["whole"].Value, "");
        var cents = match.Groups["cents"].Success ? match.Groups["cents"].Value : "00";
        return decimal.TryParse($"{whole}.{cents}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount <= Most ? amount : null;
    }

    /// <summary>Letters read among the digits of an amount, and the blank read behind its comma or point.</summary>
    private static string Repaired(string row) => Broken().Replace(Smudged().Replace(Dollar().Replace(row, "$$"), match => LookAlikes.AsDigits(match.Value)), "$1$2");

    [GeneratedRegex(@"(?<![\d.,A-Za-z])(?<sign>\$\s?)?(?<whole>\d{1,3}(?:[, ]\d{3})+|\d+)[.,](?<cents>\d{2})(?![\d%]|\s?%|[.,]\d)|\$\s?(?<whole>\d{1,3}(?:,\d{3})+|\d+)(?![\d.,%])")]
    private static partial Regex Amount();

    // MXN824.06, M.N. 824.06
    [GeneratedRegex(@"(?<![A-Za-z])(?:M[XKN]?[NPHM]|M\.N\.|NXN)\s?\$?\s?(?=\d)", RegexOptions.IgnoreCase)]
    private static partial Regex Pesos();

    // $ read as S; read as 5 it is left to the arithmetic of the ticket.
    [GeneratedRegex(@"(?<![\w])[S§](?=\d{1,3}(?:,\d{3})*[.,]\d{2}|\d+[.,]\d{2})")]
    private static partial Regex Dollar();

    [GeneratedRegex(@"[, ']")]
    private static partial Regex Separators();

    [GeneratedRegex(@"(?<![A-Za-z])[\dOoQDlISB,]*\d[\dOoQDlISB,]*[.,][\dOoQDlISB]{2}(?![\dA-Za-z]{2})")]
    private static partial Regex Smudged();

    [GeneratedRegex(@"(\d[.,]) (\d{3}[.,]\d{2}|\d{2}(?!\d))")]
    private static partial Regex Broken();
}
