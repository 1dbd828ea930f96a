using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>
/// The code that the portal asks for, where no listed label stands beside it: it is near what the slip says of invoices, set apart from other
/// print, and looks like nothing else.
/// </summary>
internal static partial class InvoicingCode
{
    /// <summary>Fields that are such a code.</summary>
    public static readonly string[] Names = [FieldNames.CodigoFacturacion, FieldNames.WebId, FieldNames.IdVenta, "itu", "idw", "idtran", "tc", "localizador"];

    private static readonly TicketLabel Unlisted = new("", FieldNames.CodigoFacturacion, ValueShape.Code, 9);

    private const string CodeWords = @"(?:\b(?:C[O0]D(?:IG[O0])?|CLAVE|CVE|PIN|NIP|F[O0]LI[O0]|REF(?:ERENCIA)?|ID|T[O0]KEN|LLAVE|NUMER[O0]|NUM|N[O0](?=\.))\b|AUT[O0]FACTU\w*)";

    /// <summary>Rows between the sentence and the code.</summary>
    private const int MostApart = 3;

    /// <summary>Two of: a word for a code, a row of its own, letters and digits, near by.</summary>
    private const int LeastMarks = 5;

    /// <summary>A number of fewer digits is one of anything.</summary>
    private const int LongNumber = 8;

    private const double Named = .8;

    /// <summary>Without a word for a code beside it.</summary>
    public const double Unnamed = .5;

    /// <summary>A reference is one where its label says so.</summary>
    public static bool IsOne(TicketLabel label) => Names.Contains(label.Key) || (label.Key == "referencia" && label.Rank == TicketLabels.InvoicingReference);

    /// <param name="labelled">What stands behind listed labels; none of it is the code.</param>
    public static IEnumerable<LabelledValue> In(TicketPaper paper, IReadOnlyList<LabelledValue> labelled)
    {
        var (bank, taken) = (BankSlip.RowsOf(paper), labelled.Select(value => value.Value).ToHashSet(StringComparer.Ordinal));
        var found = from row in Enumerable.Range(0, paper.Rows.Count)
                    where !bank.Contains(row) && !OtherNumbers.AreOf(paper.Plain[row]) && !IsAnothers(paper, row) && Nearness(paper, row) is not null
                    let named = IsNamed(paper, row)
                    from code in CodesOf(paper, row, named)
                    where !taken.Contains(code)
                    let marks = Marks(paper, row, code) + (named ? 3 : 0)
                    where marks >= LeastMarks
                    orderby marks descending
                    select new LabelledValue(Unlisted, code, null, row, paper.Confidence(row, named ? Named : Unnamed));
        return found.Take(1);
    }

    private static int Marks(TicketPaper paper, int row, string code)
    {
        var alone = paper.Plain[row].Count(char.IsAsciiLetterOrDigit) == code.Count(char.IsAsciiLetterOrDigit);
        var mixed = code.Any(char.IsAsciiLetter);
        return (alone ? 2 : 0) + (mixed ? 2 : code.Length >= LongNumber ? 1 : 0) + (MostApart - Nearness(paper, row)!.Value);
    }

    /// <summary>A word for a code stands in its row, or ends the row before: "con la clave"; or nothing but "Facturación:" before it.</summary>
    private static bool IsNamed(TicketPaper paper, int row) => CodeWord().IsMatch(paper.Plain[row]) || InvoiceLabel().IsMatch(paper.Plain[row]) || (row > 0 && CodeWordAtEnd().IsMatch(paper.Plain[row - 1]));

    /// <summary>How many rows away the slip speaks of invoices; null when nowhere near.</summary>
    private static int? Nearness(TicketPaper paper, int row) => Enumerable.Range(0, MostApart + 1).Cast<int?>()
        .FirstOrDefault(apart => new[] { row - apart!.Value, row + apart.Value }.Any(at => at >= 0 && at < paper.Rows.Count && Invoices().IsMatch(paper.Plain[at])));

    /// <summary>The row before ends with the label of something else: "Club:".</summary>
    private static bool IsAnothers(TicketPaper paper, int row) => row > 0 && OpenLabel().IsMatch(paper.Plain[row - 1]) && !IsNamed(paper, row) && !Invoices().IsMatch(paper.Plain[row - 1]);

    private static IEnumerable<string> CodesOf(TicketPaper paper, int row, bool named)
    {
        var text = Address().Replace(paper.Rows[row].Text, " ").Trim(' ', '*', '.', ':', '-', '>', '<');
        var value = text[(text.LastIndexOf(':') + 1)..].Trim();
        return CodeBlocks.In(value) is { } blocks ? [blocks + CodeBlocks.Continued(paper, row, value, blocks)]
            : Word().Matches(text).Select(word => LookAlikes.InCapitals(word.Value)).Where(word => IsCode(word, named));
    }

    /// <summary>A word is no code; but behind a word for one it may have a single digit, or none in blocks of one length.</summary>
    private static bool IsCode(string word, bool named)
    {
        var blocks = word.Split('-');
        var least = !named ? 2 : blocks.Length > 2 && Array.TrueForAll(blocks, block => block.Length == blocks[0].Length) ? 0 : 1;
        return word.Count(char.IsAsciiDigit) >= least && !word.Any(char.IsAsciiLetterLower) && !Other().IsMatch(word);
    }

    [GeneratedRegex(@"\A(?:AUTO)?FACTU[RP]\S{0,7}:")]
    private static partial Regex InvoiceLabel();

    [GeneratedRegex(@"[A-Z][.:]\s*\z")]
    private static partial Regex OpenLabel();

    [GeneratedRegex(@"FACTU[RP]|\bFACT\b|CFDI|COMP[RP]OBANTE FISCAL")]
    private static partial Regex Invoices();

    [GeneratedRegex(CodeWords)]
    private static partial Regex CodeWord();

    [GeneratedRegex(CodeWords + @"(?:\W+\w+){0,3}\W*\z")]
    private static partial Regex CodeWordAtEnd();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){5,39}(?![A-Za-z0-9])")]
    private static partial Regex Word();

    [GeneratedRegex(@"\S{1,60}@\S{1,60}|\S{0,60}(?:www|\.(?:com|mx|net|org|io|app))\S{0,200}", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    // A date, an RFC.
    [GeneratedRegex(@"\A(?:\d{1,4}-(?:\d{1,2}|[A-Z]{3})-\d{2,4}|[A-Z]{3,4}\d{6}[A-Z0-9]{3})\z")]
    private static partial Regex Other();
}
