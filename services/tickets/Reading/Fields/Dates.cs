using System.Globalization;
using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>Date and hour of the purchase. Dates are day first, as Mexico prints them; an absent date stays absent.</summary>
internal static partial class Dates
{
    private const string MonthNames = "ENE|FEB|MAR|ABR|MAY|JUN|JUL|AGO|SEP|[O0]CT|N[O0]V|D[I1]C|JAN|APR|AUG|DEC";

    private static readonly string[] Months = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"];

    /// <summary>Rows that speak of another date than the purchase's.</summary>
    private static readonly string[] OtherDates = ["VIGENCIA", "VENC", "CADUC", "HASTA", "VALIDO", "PROMOC", "RESOLUC", "NACIM", "ENTREGA", "IMPRES", "AUTORIZA", "LIMITE", "APERTURA", "ANTES DE", "VIAJE", "SALIDA", "LLEGADA", "ABORD", "CAMBIOS", "DEVOLUC", "CAD ", "CITA", "PROXIM", "VISITA", "EVENTO", "PERIODO"];

    /// <summary>Of a date that is another one's, or was hardly read.</summary>
    private const double Other = .4;

    /// <summary>Of a date that nothing is said of.</summary>
    private const double Plain = .9;

    private const double Doubtful = .88;

    private const double MostTold = .85;

    public static void Read(TicketPaper paper, FieldBag fields)
    {
        var found = Enumerable.Range(0, paper.Rows.Count).SelectMany(row => In(paper, row)).OrderByDescending(seen => seen.Quality).ToList();
        if (found.Count > 0)
        {
            var best = found[0];
            var rivals = found.Where(seen => seen.Quality == best.Quality).Select(seen => Iso(seen.Date)).Distinct().Skip(1).ToList();
            // Another day that nothing says is something else's: the slip leaves a doubt which of them is the purchase's.
            var others = found.Where(seen => seen.Quality >= Plain).Select(seen => Iso(seen.Date)).Distinct().Except(rivals).Where(date => date != Iso(best.Date)).ToList();
            fields.Set(FieldNames.Fecha, Iso(best.Date), paper.Confidence(best.Row, rivals.Count > 0 ? .6 : others.Count > 0 ? Math.Min(Doubtful, best.Quality) : best.Quality), [.. rivals, .. others]);
        }

        if ((found.Count == 0 || found[0].Quality < Other) && !paper.Certain && DateTrace.In(paper, Enumerable.Range(0, paper.Rows.Count).Where(row => !SpeaksOfAnother(paper, row, paper.Plain[row]))) is [var told, .. var rest])
        {
            fields.Set(FieldNames.Fecha, Iso(told.Date), Math.Min(MostTold, told.Share), [.. rest.Select(one => Iso(one.Date))]);
        }

        ReadHour(paper, fields, found.Count > 0 ? found[0] : null);
    }

    /// <summary>From 1 to 12, or 0.</summary>
    internal static int MonthOf(string name) => Array.IndexOf(Months, name) + 1;

    /// <summary>How names of months go on.</summary>
    internal static string LettersBehind(string start) => string.Concat(Months.Where(month => month.StartsWith(start, StringComparison.Ordinal)).Select(month => month[start.Length]).Distinct());

    /// <summary>Three letters of a month given by its number.</summary>
    internal static string MonthName(string month) => Months[int.Parse(month, CultureInfo.InvariantCulture) - 1];

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Where the row itself has no date, other readings of its print may.</summary>
    private static IEnumerable<Seen> In(TicketPaper paper, int row)
    {
        var found = In(paper, row, paper.Plain[row]).ToList();
        return found.Count > 0 ? found
            : paper.Rows[row].Others.Concat(paper.Rows[row].Doubts).SelectMany(other => In(paper, row, Skeleton.Plain(other))).Select(seen => seen with { Quality = seen.Quality * .6 });
    }

    private static IEnumerable<Seen> In(TicketPaper paper, int row, string plain)
    {
        var text = paper.Certain ? plain : Smudged().Replace(plain, match => LookAlikes.AsDigits(match.Value));
        var quality = SpeaksOfAnother(paper, row, text) ? .3 : LabelSearch.WordIn(paper.Skeletons[row], "FECHA") >= 0 ? .98 : Hour().IsMatch(text) ? .96 : .9;
        foreach (Match match in Numeric().Matches(text).Concat(Glued().Matches(text)).Concat(Named().Matches(text)).Concat(NameGlued().Matches(text)).Concat(NameFirst().Matches(text)).Concat(Iso8601().Matches(text)).Where(match => !IsStreet(text, match)))
        {
            if (ToDate(match, paper.Certain) is var (date, certainty))
            {
                yield return new Seen(date, row, quality * certainty, text[(match.Index + match.Length)..]);
            }
        }
    }

    private static bool SpeaksOfAnother(TicketPaper paper, int row, string text) =>
        Array.Exists(OtherDates, word => text.Contains(word, StringComparison.Ordinal)) || (row > 0 && Until().IsMatch(paper.Plain[row - 1]));

    /// <summary>Streets bear dates, and a house number follows: Calle 5 de Mayo 33. A date that names its month so has "de" before the year as well.</summary>
    private static bool IsStreet(string text, Match match) => match.Value.Contains("DE", StringComparison.Ordinal) && !LongForm().IsMatch(match.Value) && (Street().IsMatch(text[..match.Index]) || Street().IsMatch(text[(match.Index + match.Length)..]));

    private static (DateOnly Date, double Certainty)? ToDate(Match match, bool certain)
    {
        var year = int.Parse(match.Groups["y"].ValueSpan, CultureInfo.InvariantCulture);
        var day = int.Parse(match.Groups["d"].ValueSpan, CultureInfo.InvariantCulture);
        var (month, certainty) = MonthNear(match.Groups["m"].Value);
        // No purchase is of the year 2825, none of the day 84: a zero with a fold or a pale line across it.
        var mended = year >= 2100 || day >= 80;
        certainty *= mended ? .6 : 1;
        (year, day) = (2000 + (year % 100), day >= 80 ? day - 80 : day);
        // A month over 12 is a day: the till writes month first. Nothing else can be told from such a date.
        if (month > 12 && day <= 12)
        {
            (day, month, certainty) = (month, day, .7);
        }

        return !(certain && mended) && year is >= 2015 and <= 2099 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? (new DateOnly(year, month, day), certainty)
            : null;
    }

    private static (int Month, double Certainty) MonthNear(string text)
    {
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var number))
        {
            // No month begins with 8 or 7: a zero with a fold across it, or a one.
            return number switch { > 80 and < 90 => (number - 80, .6), >= 70 and <= 72 => (number - 60, .6), _ => (number, 1) };
        }

        // A one may be the L of JUL as well as the I of DIC.
        var name = text[..3].Replace('0', 'O').Replace('1', 'I');
        // Tills of American make.
        name = name switch { "JAN" => "ENE", "APR" => "ABR", "AUG" => "AGO", "DEC" => "DIC", _ => name };
        var exact = Math.Max(Array.IndexOf(Months, name), Array.IndexOf(Months, text[..3].Replace('1', 'L')));
        // NON is NOV badly printed; it must be near one month only.
        var near = Enumerable.Range(0, 12).Where(i => Months[i].Where((c, at) => c != name[at]).Count() == 1).ToList();
        return exact >= 0 ? (exact + 1, 1) : near.Count == 1 ? (near[0] + 1, .8) : (0, 0);
    }

    private static void ReadHour(TicketPaper paper, FieldBag fields, Seen? date)
    {
        // The hour of the purchase stands behind its date, or behind the word, or in the next row.
        var places = new List<(int Row, string Text, double Quality)>();
        if (date is not null)
        {
            places.Add((date.Row, date.After, .98));
            places.Add((date.Row, paper.Plain[date.Row], .95));
        }

        places.AddRange(Enumerable.Range(0, paper.Rows.Count).Where(row => LabelSearch.WordIn(paper.Skeletons[row], Skeleton.Of("HORA").Letters) >= 0).Select(row => (row, paper.Plain[row], .97)));
        if (date is not null && date.Row + 1 < paper.Rows.Count)
        {
            places.Add((date.Row + 1, paper.Plain[date.Row + 1], .8));
        }

        foreach (var (row, text, quality) in places)
        {
            if (Hour().Match(text) is { Success: true } match)
            {
                fields.Set(FieldNames.Hora, ToHour(match), paper.Confidence(row, quality));
                return;
            }
        }
    }

    private static string ToHour(Match match)
    {
        var hour = int.Parse(match.Groups["h"].ValueSpan, CultureInfo.InvariantCulture);
        hour = match.Groups["half"].Value switch
        {
            "P" when hour < 12 => hour + 12,
            "A" when hour == 12 => 0,
            _ => hour,
        };
        var seconds = match.Groups["s"].Success ? ":" + match.Groups["s"].Value : "";
        return $"{hour:00}:{match.Groups["min"].Value}{seconds}";
    }

    private sealed record Seen(DateOnly Date, int Row, double Quality, string After);

    // The stroke before the year was lost: 09/10202411:40.
    [GeneratedRegex(@"(?<!\d|\d[/\-.])(?<d>\d{2})[/\-.](?<m>\d{2})(?<y>20\d{2})(?!:)")]
    private static partial Regex Glued();

    // "202607:29" is a year and an hour printed without a blank, and so is "2512:06"; "2012:06" can only be 20 and 12:06.
    [GeneratedRegex(@"(?<!\d|\d[/\-.])(?<d>\d{1,2})\s?[/\-.]\s?(?<m>\d{1,2})\s?[/\-.]\s?(?<y>20\d{2}(?!:)|2[2-9]\d{2}(?![:\d])|\d{2})")]
    private static partial Regex Numeric();

    [GeneratedRegex(@"(?<!\d)(?<d>\d{1,2})\s?(?:[/\-. ]|DE)\s?(?<m>[A-Z01]{3}|\d[A-Z]{2}|[A-Z]\d[A-Z])[A-Z01]*\.?,?\s?(?:[/\-. ]|DEL?)\s?(?<y>20\d{2}(?!:)|2[2-9]\d{2}(?![:\d])|\d{2}(?!\d)|\d{2}(?=\d{2}:))")]
    private static partial Regex Named();

    // Jue 30Oct2025, 23May'25
    [GeneratedRegex(@"(?<![A-Z\d])(?<d>\d{1,2})(?<m>" + MonthNames + @")[A-Z]*\.?[/\-. '’`]?(?<y>20\d{2}(?!:)|\d{2}(?=\d{2}:|\D|\z))")]
    private static partial Regex NameGlued();

    // Abr 16, 2026
    [GeneratedRegex(@"(?<![A-Z])(?<m>" + MonthNames + @")[A-Z]*[. ]{0,2}(?<d>\d{1,2})[,. ]{1,2}(?<y>20\d{2})(?!:)")]
    private static partial Regex NameFirst();

    // A deadline whose date stands in the next row.
    [GeneratedRegex(@"(?:ANTES|HASTA|VENCE|VALIDO)(?: ?(?:DEL?|EL|AL))?[ :.]*\z")]
    private static partial Regex Until();

    [GeneratedRegex(@"(?<!\d)(?<y>20\d{2})[/\-.](?<m>\d{1,2})[/\-.](?<d>\d{1,2})")]
    private static partial Regex Iso8601();

    [GeneratedRegex(@"(?<![A-Z\d])(?<!\d:)(?<h>[01]?\d|2[0-3]):(?<min>[0-5]\d)(?::(?<s>[0-5]\d))?\s*(?:(?<half>[AP])\.?\s?M\b)?")]
    private static partial Regex Hour();

    [GeneratedRegex(@"\b(?:CALLE|C|AV|AVE|AVENIDA|BLVD|BOULEVARD|CALZ|CALZADA|PROL|COL|COLONIA|CP|C\.P)\b|CALLE|COL\.")]
    private static partial Regex Street();

    [GeneratedRegex(@"DEL?\s?\d{2,4}\z")]
    private static partial Regex LongForm();

    [GeneratedRegex(@"(?<![A-Z])[\dOILSB|]{1,2}[/\-.][\dOILSB|]{1,2}[/\-.](?=\d)")]
    private static partial Regex Smudged();
}
