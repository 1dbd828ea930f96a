using Invoicing.Fiscal;

namespace Invoicing.Tickets.Reading;

/// <summary>The RFC that the recogniser held likeliest among those that have a date and the right check digit.</summary>
internal static class RfcTrace
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ&";
    private const string Digits = "0123456789";
    private const string Between = " -.";
    private const string Before = " :.-";

    /// <summary>How likely it is that what was found there is chance: readings much likelier than this are believed.</summary>
    private const double Chance = 1e-3;

    /// <summary>A likeliest one of a smaller share is no reading.</summary>
    private const double LeastShare = .1;

    /// <summary>Of the first ones of a word: an RFC has letters, then six digits.</summary>
    private const int LeastLetters = 2;
    private const int LeastDigits = 4;
    private const int Longest = 13;
    private const int MostTold = 4;
    private const int LongestLabel = 12;

    /// <summary>Among many rows one holds something like an RFC by chance.</summary>
    private const double Unlabelled = .6;

    /// <param name="may">Whether a row may hold it.</param>
    /// <returns>Likeliest first, each with its share among all that were found, less where nothing is its label; behind a label where one is to be read.</returns>
    public static List<(string Rfc, double Share)> In(TicketPaper paper, Func<int, bool> may)
    {
        var rows = Enumerable.Range(0, paper.Rows.Count).Where(may).ToList();
        var labelled = rows.Where(row => IssuerRfc.LabelEnd(paper.Skeletons[row]) is not null || paper.Rows[row].Traces.Any(trace => IssuerRfc.LabelEnd(Skeleton.Of(trace.Text)) is not null)).ToList();
        return Likeliest(labelled.SelectMany(row => Places(paper.Rows[row]))) is { Count: > 0 } behind ? behind
            : [.. Likeliest(rows.Except(labelled).Where(row => !OtherNumbers.IsAddress(paper.Plain[row])).SelectMany(row => Places(paper.Rows[row]))).Select(one => (one.Rfc, one.Share * Unlabelled))];
    }

    private static IEnumerable<(Trace Trace, int Start)> Places(TextRow row)
    {
        foreach (var trace in row.Traces)
        {
            if (IssuerRfc.LabelEnd(Skeleton.Of(trace.Text)) is { } end)
            {
                yield return (trace, end);
                continue;
            }

            // A label that is not to be read may be part of the word: R.F.C.: becomes RECL.
            foreach (var start in Enumerable.Range(0, Math.Min(LongestLabel, trace.Text.Length)).Where(at => IsLike(trace.Text[at..])))
            {
                yield return (trace, start);
            }
        }
    }

    private static bool IsLike(string text)
    {
        var first = string.Concat(text.Where(char.IsLetterOrDigit).Take(Longest));
        return first.Length >= Longest - 2 && first.Take(4).Count(char.IsLetter) >= LeastLetters && LookAlikes.AsDigits(first[3..]).Count(char.IsAsciiDigit) >= LeastDigits;
    }

    private static List<(string Rfc, double Share)> Likeliest(IEnumerable<(Trace Trace, int Start)> places)
    {
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (trace, start) in places)
        {
            foreach (var (text, likely) in TraceSearch.In(trace, trace.From(start), Next))
            {
                var rfc = Bare(text);
                if (Rfc.Inspect(rfc).FormatValid)
                {
                    found[rfc] = found.GetValueOrDefault(rfc) + likely;
                }
            }
        }

        var all = found.Values.Sum() + Chance;
        return found.Values.DefaultIfEmpty().Max() < LeastShare * all ? [] : [.. found.OrderByDescending(one => one.Value).Take(MostTold).Select(one => (one.Key, one.Value / all))];
    }

    private static string Bare(string text) => string.Concat(text.Where(c => !Before.Contains(c, StringComparison.Ordinal)));

    private static string Next(string text)
    {
        var rfc = Bare(text);
        var name = rfc.Length > 3 && !char.IsAsciiDigit(rfc[3]) ? 4 : 3;
        var free = text.Length > 0 && Before.Contains(text[^1], StringComparison.Ordinal) ? "" : Between;
        return (rfc.Length - name) switch
        {
            < 0 => rfc.Length == 0 ? (text.Length < 3 ? Letters + Before : Letters) : Letters,
            0 => (name == 3 ? Letters : "") + Digits + free,
            var at and < 6 => DateDigits(rfc[name..], at),
            6 => Letters[..26] + Digits + free,
            7 => Letters[..26] + Digits,
            8 => Rfc.CheckDigit(rfc + "0")?.ToString() ?? "",
            _ => "",
        };
    }

    private static string DateDigits(string date, int at) => at switch
    {
        2 => "01",
        3 => date[2] == '0' ? Digits[1..] : Digits[..3],
        4 => Digits[..4],
        5 => date[4] switch { '0' => Digits[1..], '3' => Digits[..2], _ => Digits },
        _ => Digits,
    };
}
