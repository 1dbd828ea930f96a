using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>
/// Long numbers and codes are printed in blocks of one length, 1782 1944 5179 2929 0652 or 8115.9502.1202, and where the paper is too narrow
/// they go on in the next row.
/// </summary>
internal static partial class CodeBlocks
{
    private const int LeastWhole = 10;
    private const int MaxRows = 2;

    // Of a code: less is a number of something else, more is a bar code's.
    private const int LeastPart = 8;
    private const int MostPart = 12;

    /// <summary>The blocks at the beginning of a text, joined; null when it does not begin with blocks.</summary>
    public static string? In(string text) => Of(text) is { Words.Count: > 1, Joined: { Length: >= LeastWhole } whole } ? whole : null;

    /// <summary>What the rows under a value of blocks, or under a long one alone in its row, add to it; mostly nothing.</summary>
    /// <param name="rest">The value's row behind its label.</param>
    public static string Continued(TicketPaper paper, int row, string rest, string value)
    {
        var joined = "";
        if (!paper.Rows[row].Text.EndsWith(rest, StringComparison.Ordinal) || !IsPart(rest.TrimStart(' ', ':', '.', '=', '#'), value, alone: paper.Rows[row].Text == rest))
        {
            return joined;
        }

        for (var next = row + 1; next < paper.Rows.Count && next <= row + MaxRows; next++)
        {
            var text = paper.Rows[next].Text.Trim();
            var more = string.Concat(text.Where(c => c != ' '));
            // The same number again is the caption of its bar code; a longer row is something else.
            if (!IsPart(text, more, alone: true) || more.Length > value.Length || value.StartsWith(more, StringComparison.Ordinal))
            {
                break;
            }

            joined += more;
        }

        return joined;
    }

    /// <summary>Nothing but blocks, or, in a row of its own, what the blanks between blocks were lost of.</summary>
    private static bool IsPart(string text, string joined, bool alone) =>
        Of(text) is { Whole: true } blocks ? blocks.Words.Count > 1 || alone
        : alone && joined.Length is >= LeastPart and <= MostPart && joined.Any(char.IsAsciiDigit) && text.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c) || c == ' ');

    private static Blocks? Of(string text)
    {
        var words = Between().Split(Amount().Replace(text, "").Trim());
        var code = Equal([.. words.TakeWhile(word => word.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c)))]);
        var digits = words.TakeWhile(word => word.Length >= 3 && word.All(char.IsAsciiDigit)).ToList();
        var run = code.Count >= digits.Count ? code : digits;
        return run.Count == 0 ? null : new Blocks(run, run.Count == words.Length);
    }

    /// <summary>Blocks of one length. Two may have been read as one, and the last may be shorter. Half of them hold a digit, or they are words.</summary>
    private static List<string> Equal(List<string> words)
    {
        if (words.Count == 0 || words[0].Length is < 3 or > 6)
        {
            return [];
        }

        var size = words[0].Length;
        var run = words.TakeWhile(word => word.Length % size == 0).ToList();
        if (run.Count > 1 && run.Count < words.Count && words[run.Count].Length < size && words[run.Count].Any(char.IsAsciiDigit))
        {
            run.Add(words[run.Count]);
        }

        var many = run.Count > 2 || size > 4 || run.TrueForAll(word => word.All(char.IsAsciiDigit));
        return many && run.Count(word => word.Any(char.IsAsciiDigit)) * 2 >= run.Count ? run : [];
    }

    private sealed record Blocks(IReadOnlyList<string> Words, bool Whole)
    {
        public string Joined { get; } = string.Concat(Words);
    }

    // A dash among points is a point.
    [GeneratedRegex(@"[. ]{1,2}|(?<=\.\d{3,5})-(?=\d{3})")]
    private static partial Regex Between();

    [GeneratedRegex(@"\$?\s?\d[\d,]*\.\d{2}(?!\d).*\z")]
    private static partial Regex Amount();
}
