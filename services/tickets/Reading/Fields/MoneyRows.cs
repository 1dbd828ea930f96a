using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>Some tills print subtotal, tax and total in one row; each gets a row of its own here.</summary>
internal static partial class MoneyRows
{
    public static TicketPaper Of(TicketPaper paper) =>
        new([.. paper.Rows.SelectMany(row => Between().Split(row.Text) is [_] ? [row] : Between().Split(row.Text).Select(part => new TextRow(part, row.Confidence)))], paper.Certain);

    [GeneratedRegex(@"(?<=\d)[\s/,;|]+(?=(?:SUB\s?TOTAL|I\.?V\.?A|IEPS|TOTAL|EFECTIVO|CAMBIO|PROPINA|PAGAD[AO]|PAGO)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Between();
}
