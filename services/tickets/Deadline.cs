using System.Globalization;
using System.Text.Json;

namespace Invoicing.Tickets;

/// <summary>How long after the purchase a merchant invoices. Each part may be unknown.</summary>
public sealed record Window(int? Hours, int? Days, bool SameMonth, int? DaysAfterMonth, int? WaitMinutes, bool SameYear = false)
{
    /// <summary>More than anybody means; such a number is a misprint or a trick.</summary>
    private const int Absurd = 100_000;

    public bool IsEmpty => this is { Hours: null, Days: null, SameMonth: false, DaysAfterMonth: null, WaitMinutes: null, SameYear: false };

    /// <summary>The same with absurd numbers left out; null when nothing is left.</summary>
    public Window? Sensible()
    {
        static int? Sane(int? n) => n is >= 0 and < Absurd ? n : null;
        var window = new Window(Sane(Hours), Sane(Days), SameMonth, Sane(DaysAfterMonth), Sane(WaitMinutes), SameYear);
        return window.IsEmpty ? null : window;
    }

    /// <summary>One window, or a list of them where sources differ; what is no window is left out.</summary>
    public static IReadOnlyList<Window> Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => Of(json) is { } one ? [one] : [],
        JsonValueKind.Array => [.. json.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object).Select(Of).OfType<Window>()],
        _ => [],
    };

    private static Window? Of(JsonElement json) => new Window(
        Number(json, "hours"), Number(json, "days"), Says(json, "same_month"), Number(json, "days_after_month"), Number(json, "wait_minutes"), Says(json, "same_year")).Sensible();

    private static bool Says(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static int? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number : null;
}

/// <summary>When the portal first and last takes the ticket, in UTC. Tickets print the time of the store: America/Mexico_City.</summary>
/// <param name="Source">ticket (printed), merchant (its metadata) or platform (the one that serves the portal).</param>
public sealed record Deadline(DateTimeOffset? AvailableFrom, DateTimeOffset? ClosesAt, string Source)
{
    private static readonly TimeZoneInfo Mexico = TimeZoneInfo.FindSystemTimeZoneById("America/Mexico_City");

    /// <summary>
    /// Null when the day of the purchase or the window is unknown: nothing is guessed. Where sources differ, the end is the next of those that
    /// are still to come, and the beginning the latest.
    /// </summary>
    /// <param name="hora">HH:mm[:ss]; without it a window is taken at its tightest.</param>
    public static Deadline? From(IReadOnlyList<Window> windows, string source, DateOnly? fecha, string? hora, DateTimeOffset submitted)
    {
        if (windows.Count == 0 || fecha is not { Year: > 2000 and < 2200 } day)
        {
            return null;
        }

        var known = TimeOnly.TryParse(hora, CultureInfo.InvariantCulture, out var time);
        var earliest = Utc(day.ToDateTime(known ? time : TimeOnly.MinValue));
        var latest = known ? earliest : Earlier(Utc(day.ToDateTime(new TimeOnly(23, 59, 59))), submitted);
        var ends = windows.Select(w => Closes(w, day, earliest)).OfType<DateTimeOffset>().Order().Cast<DateTimeOffset?>().ToList();
        return new(
            windows.Max(w => w.WaitMinutes) is { } wait ? latest.AddMinutes(wait) : null,
            ends.FirstOrDefault(end => end > submitted, ends.LastOrDefault()), source);
    }

    private static DateTimeOffset? Closes(Window window, DateOnly day, DateTimeOffset purchase)
    {
        if (window.Hours is { } hours)
        {
            return purchase.AddHours(hours);
        }

        if (window.Days is { } days)
        {
            return EndOf(day.AddDays(days));
        }

        if (window.SameYear)
        {
            return EndOf(new DateOnly(day.Year, 12, 31));
        }

        var monthEnd = new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));
        return window.DaysAfterMonth is { } after ? EndOf(monthEnd.AddDays(after)) : window.SameMonth ? EndOf(monthEnd) : null;
    }

    private static DateTimeOffset EndOf(DateOnly day) => Utc(day.ToDateTime(new TimeOnly(23, 59, 59)));

    private static DateTimeOffset Utc(DateTime local)
    {
        // The hour that a change of clocks skips did not exist on any receipt; the next one is meant.
        var real = Mexico.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(real, Mexico.GetUtcOffset(real)).ToUniversalTime();
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
