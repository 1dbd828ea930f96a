using System.Globalization;

namespace Invoicing.Billing;

/// <summary>Calendar days of America/Mexico_City, by which usage is counted.</summary>
public static class MexicoDay
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Mexico_City");

    public static DateOnly Of(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Zone).DateTime);

    /// <summary>The first day of its month.</summary>
    public static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);
}

/// <summary>Days from <paramref name="From"/> to <paramref name="To"/>, both included.</summary>
public sealed record Period(DateOnly From, DateOnly To)
{
    private const int MaxDays = 366 * 3;

    /// <summary>Without a start the month of the end; without an end today.</summary>
    /// <exception cref="ProblemException">422 naming <c>from</c> or <c>to</c>.</exception>
    public static Period Parse(string? from, string? to, DateOnly today)
    {
        var end = Day("to", to) ?? today;
        var start = Day("from", from) ?? new DateOnly(end.Year, end.Month, 1);
        if (start > end)
        {
            throw new ProblemException(Problem.Invalid("from", "out_of_range", "from no puede ser posterior a to."));
        }

        return end.DayNumber - start.DayNumber < MaxDays
            ? new Period(start, end)
            : throw new ProblemException(Problem.Invalid("from", "out_of_range", "El periodo abarca a lo más tres años."));
    }

    private static DateOnly? Day(string name, string? text) =>
        string.IsNullOrEmpty(text) ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new ProblemException(Problem.Invalid(name, "invalid_date", $"{name} es una fecha AAAA-MM-DD."));
}
