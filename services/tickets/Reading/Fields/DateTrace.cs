using System.Globalization;
using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>The date that the recogniser held likeliest among those that a calendar has, where what it said is none.</summary>
internal static partial class DateTrace
{
    private const string Digits = "0123456789";
    private const string Between = "/-.";

    /// <summary>How likely it is that what was found there is chance: readings much likelier than this are believed.</summary>
    private const double Chance = 1e-3;

    /// <summary>One of a smaller share is no reading.</summary>
    private const double LeastShare = .1;

    /// <param name="rows">Those that may hold the date of the purchase.</param>
    /// <returns>Likeliest first, each with its share among all that were found.</returns>
    public static List<(DateOnly Date, int Row, double Share)> In(TicketPaper paper, IEnumerable<int> rows)
    {
        var found = new Dictionary<DateOnly, (double Likely, int Row)>();
        foreach (var row in rows)
        {
            foreach (var (date, likely) in paper.Rows[row].Traces.SelectMany(DatesOf))
            {
                var before = found.GetValueOrDefault(date, (0, row));
                found[date] = (before.Item1 + likely, before.Item2);
            }
        }

        var all = found.Values.Sum(one => one.Likely) + Chance;
        return [.. found.Where(one => one.Value.Likely >= LeastShare * all).OrderByDescending(one => one.Value.Likely).Take(3).Select(one => (one.Key, one.Value.Row, one.Value.Likely / all))];
    }

    private static IEnumerable<(DateOnly Date, double Likely)> DatesOf(Trace trace) =>
        from Match start in Start().Matches(trace.Text)
        from read in TraceSearch.In(trace, trace.From(start.Index), Next)
        let date = ToDate(read.Key)
        where date is not null
        select (date.Value, read.Value);

    private static DateOnly? ToDate(string text)
    {
        var parts = text.Split('/', '-', '.');
        var (day, year) = parts[0].Length == 4 ? (parts[2], parts[0]) : (parts[0], parts[2]);
        var month = char.IsAsciiDigit(parts[1][0]) ? int.Parse(parts[1], CultureInfo.InvariantCulture) : Dates.MonthOf(parts[1]);
        var (y, d) = (2000 + (int.Parse(year, CultureInfo.InvariantCulture) % 100), int.Parse(day, CultureInfo.InvariantCulture));
        return month is >= 1 and <= 12 && d >= 1 && d <= DateTime.DaysInMonth(y, month) ? new DateOnly(y, month, d) : null;
    }

    /// <summary>14/07/2025, 14-JUL-25, 2025-07-14: the second stroke is like the first.</summary>
    private static string Next(string text)
    {
        var parts = text.Split('/', '-', '.');
        var stroke = parts.Length == 1 ? Between : text[parts[0].Length].ToString();
        return (parts.Length, parts[0].Length, parts[^1]) switch
        {
            (1, _, var day) => First(day),
            (2, _, var month) => Month(month, stroke, named: parts[0].Length < 4),
            (_, 4, "") => Digits[..4],
            (_, 4, { Length: 1 } day) => Last(day[0]),
            (_, 4, _) => "",
            (_, _, "") => "2",
            (_, _, "2") => "023456789",
            (_, _, "20") => "2",
            (_, _, { Length: 3 }) => Digits,
            _ => "",
        };
    }

    private static string First(string day) => day switch
    {
        "" => Digits,
        { Length: 1 } => (day[0] <= '3' ? Last(day[0]) : "") + (day == "0" ? "" : Between),
        "20" => Between + "2",
        { Length: 2 } => Between,
        { Length: 3 } => Digits,
        _ => Between,
    };

    private static string Last(char first) => first switch { '0' => Digits[1..], '3' => "01", _ => Digits };

    private static string Month(string month, string stroke, bool named) => month switch
    {
        "" => Digits + (named ? Dates.LettersBehind("") : ""),
        "0" => Digits[1..],
        "1" => "012" + stroke,
        _ when char.IsAsciiDigit(month[0]) => stroke,
        _ => month.Length == 3 ? stroke : Dates.LettersBehind(month),
    };

    // A digit, or what looks like one, that begins a run of them.
    [GeneratedRegex(@"(?<![\dOoIl|])[\dOoIlZSB|](?=.{5})")]
    private static partial Regex Start();
}
