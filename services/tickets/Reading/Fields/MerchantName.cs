using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>The merchant's name as printed: the company's name (S.A. DE C.V. and the like), else the row over its RFC, else the head of the ticket.</summary>
internal static partial class MerchantName
{
    private const int HeadRows = 12;

    public static void Read(TicketPaper paper, FieldBag fields)
    {
        var head = Enumerable.Range(0, Math.Min(HeadRows, paper.Rows.Count)).Where(row => IsName(paper.Plain[row])).ToList();
        var company = head.Cast<int?>().FirstOrDefault(row => Company().IsMatch(paper.Plain[row!.Value]));
        var rfc = head.Cast<int?>().FirstOrDefault(row => row + 1 < paper.Rows.Count && IsRfcRow(paper, fields, row!.Value + 1));
        if ((company ?? rfc ?? head.Cast<int?>().FirstOrDefault()) is not { } best)
        {
            return;
        }

        var brand = head[0] == best ? [] : new[] { Clean(paper.Rows[head[0]].Text) };
        fields.Set(FieldNames.Merchant, Clean(paper.Rows[best].Text), paper.Confidence(best, company is not null ? .97 : rfc is not null ? .85 : .7), brand);
    }

    private static bool IsName(string plain) =>
        plain.Count(char.IsLetter) >= 3 && !NotAName().IsMatch(plain) && !plain.Contains("WWW", StringComparison.Ordinal) && plain.Length <= 80;

    private static bool IsRfcRow(TicketPaper paper, FieldBag fields, int row) =>
        paper.Skeletons[row].Letters.StartsWith("PFC", StringComparison.Ordinal)
        || (fields[FieldNames.RfcEmisor] is { } rfc && paper.Plain[row].Contains(rfc.Value[..4], StringComparison.Ordinal) && paper.Plain[row].Trim().Length <= 16);

    private static string Clean(string row) => Blanks().Replace(row, " ").Trim(' ', '*', '-', '=', ':', ',');

    [GeneratedRegex(@"\bS\.?\s?A\.?\s?(?:B\.?\s?|P\.?\s?I\.?\s?)?(?:DE\s?)?C\.?\s?V\b|\bS\.?\s?(?:DE\s?)?R\.?\s?L\b|\bS\.?\s?A\.?\s?S\b|\bS\.\s?C\.|\bA\.\s?C\.|\bSAPI\b|\bSADECV|S\.?A\.?DE\s?C\.?V|S\.?DE\s?R\.?L")]
    private static partial Regex Company();

    [GeneratedRegex(@"\bR\.?F\.?C\b|FECHA|FOLIO|TICKET|TOTAL|\bTEL|REGIMEN|\bC\.?P\.?\s?\d|FACTUR|SUCURSAL|BIENVENID|GRACIAS|COMPROBANTE|NOTA DE VENTA|^\W*\d")]
    private static partial Regex NotAName();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
