using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>An address as printed, with the rows that explain it.</summary>
/// <param name="Joined">It was put together from two rows.</param>
internal sealed record PrintedUrl(string Text, string Row, string Before, bool Joined);

/// <summary>Finds addresses in rows: broken over two rows, broken by a blank, glued to the words before them, or with a smudged known host.</summary>
internal static partial class UrlRows
{
    public static IEnumerable<PrintedUrl> In(IReadOnlyList<TextRow> rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var row = Compacted(Local().Replace(rows[i].Text, "localhost"));
            var before = string.Join(' ', Enumerable.Range(Math.Max(0, i - 2), Math.Min(i, 2)).Select(at => rows[at].Text));
            var next = i + 1 < rows.Count ? rows[i + 1].Text.Trim() : "";
            if (Continued(row, next) is { } joined)
            {
                yield return new PrintedUrl(joined, rows[i].Text, before, Joined: true);
                i++;
                continue;
            }

            foreach (Match match in Address().Matches(row))
            {
                yield return new PrintedUrl(Cut(match.Value), rows[i].Text, before, Joined: false);
            }

            foreach (var known in Smudged(row))
            {
                yield return new PrintedUrl(known, rows[i].Text, before, Joined: false);
            }
        }
    }

    /// <summary>A row that is an address but for a blank ("portal.mi factura.com") loses the blank.</summary>
    private static string Compacted(string row)
    {
        var value = row[(row.LastIndexOf(": ", StringComparison.Ordinal) + 1)..].Trim();
        var compact = value.Replace(" ", "", StringComparison.Ordinal);
        var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is 2 or 3 && words[0].Contains('.', StringComparison.Ordinal) && Whole().IsMatch(compact) 
            && (KnownHosts.Knows(HostOf(compact)) || !words.Any(word => Address().Match(word).Length == word.Length)) ? compact : row;
    }

    private static string? Continued(string row, string next)
    {
        if (next.Length is 0 or > 60 || !PathRow().IsMatch(next))
        {
            return null;
        }

        var tail = Tail().Match(row);
        if (!tail.Success || tail.Value.Contains('@', StringComparison.Ordinal))
        {
            return null;
        }

        var joined = tail.Value + next;
        var first = Address().Match(tail.Value);
        var whole = Address().Match(joined);
        var firstEnds = first.Success && first.Index + first.Length >= tail.Length - (Open().IsMatch(tail.Value) ? 1 : 0);
        // A finished address goes on only behind an open end ("/", "-", "."), or before a row that begins with "/".
        var goesOn = firstEnds ? Open().IsMatch(tail.Value) || next.StartsWith('/') : next.Contains('.', StringComparison.Ordinal) || Open().IsMatch(tail.Value);
        return goesOn && whole.Success && whole.Length > first.Length && whole.Index + whole.Length == joined.Length ? whole.Value : null;
    }

    private static string Cut(string text)
    {
        var glued = text.IndexOf("www", 1, StringComparison.OrdinalIgnoreCase);
        // "ENwww.": the word before was printed close.
        var start = glued > 0 && glued < text.IndexOf('.', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal) ? glued : 0;
        var cut = text[start..].TrimEnd('.', ',', ';', ':', ')', '-');
        // No host is called ww.
        return cut.StartsWith("ww.", StringComparison.OrdinalIgnoreCase) ? "w" + cut : cut;
    }

    /// <summary>A known host with a letter or two misread, which the address grammar no longer takes for one ("tienda.cox").</summary>
    private static IEnumerable<string> Smudged(string row)
    {
        foreach (var word in row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Contains('.', StringComparison.Ordinal) && word.Length >= 10 && !word.Contains('@', StringComparison.Ordinal)))
        {
            var text = word[(word.LastIndexOf(':') + 1)..].TrimStart('/');
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            var host = KnownHosts.WithoutWww((slash < 0 ? text : text[..slash]).ToLowerInvariant());
            var near = KnownHosts.Brands.Keys.Where(known => known.Length >= 9 && !Address().IsMatch(host) && Distance(host, known) is 1 or 2).ToList();
            if (near is [var only])
            {
                yield return (text.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? "www." : "") + only + (slash < 0 ? "" : text[slash..]);
            }
        }
    }

    private static string HostOf(string address) => address.Split("//")[^1].Split('/', ':', '?')[0].ToLowerInvariant();

    private static int Distance(string a, string b) => FuzzySharp.Levenshtein.EditDistance(a, b);

    private const string Host = @"(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+(?:com\.mx|gob\.mx|org\.mx|net\.mx|edu\.mx|com|mx|net|org|info|biz|io|app|online|cloud|site|store|click|link|me|us|la)(?![a-z0-9\-])";

    [GeneratedRegex(@"(?<![@\w.\-])(?:(?:https?:/{1,2})?" + Host + @"(?::\d{2,5})?|https?:/{1,2}(?:localhost|127\.0\.0\.1)(?::\d{2,5})?)(?:[/?#][\w\-./?=&%#~+:,;@!]*)?(?!@)", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<=https?:/{1,2})[l1I|][o0O]ca[l1I|]h[o0O]st")]
    private static partial Regex Local();

    [GeneratedRegex(@"\A(?:https?:/{1,2})?" + Host + @"(?::\d{2,5})?(?:[/?#][\w\-./?=&%#~]*)?\z", RegexOptions.IgnoreCase)]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?:https?:/{1,2}|www\.|[a-z0-9\-]+\.)\S*\z", RegexOptions.IgnoreCase)]
    private static partial Regex Tail();

    [GeneratedRegex(@"[/\-._?=&]\z")]
    private static partial Regex Open();

    [GeneratedRegex(@"\A/?[\w\-./?=&%#~]+\z")]
    private static partial Regex PathRow();
}
