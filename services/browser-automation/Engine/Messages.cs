using System.Globalization;
using System.Text.RegularExpressions;

namespace Invoicing.BrowserAutomation.Engine;

/// <summary>What a text of the portal means.</summary>
/// <param name="Class">Class of messages.json: ya_facturado, no_encontrado, captcha, receptor…</param>
/// <param name="Sensed">By the notions in it alone, in words of which nothing is known.</param>
public sealed record Meaning(string Class, string? Field, string Text, bool Sensed = false);

/// <summary>Reads the portal's messages.</summary>
public static partial class Messages
{
    // <ticket> and <factura> in a pattern: whatever portals call them.
    private static readonly NounEntry[] Nouns = [.. Knowledge.Load<NounEntry>("nouns").Select(n => n with { Noun = $"<{n.Noun}>" })];

    // Time that grows with the text alone, whatever a page writes.
    private static readonly (MessageEntry Entry, Regex[] Patterns)[] Entries =
        [.. Knowledge.Load<MessageEntry>("messages").Select(e => (e, e.Patterns.Select(p => new Regex(Spelled(p), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)).ToArray()))];

    private static readonly TimeZoneInfo Mexico = TimeZoneInfo.FindSystemTimeZoneById("America/Mexico_City");

    /// <summary>Null when it means nothing known.</summary>
    /// <param name="standsOut">It was shown as a message (alert, red, dialog), not as text of the page.</param>
    public static Meaning? Of(string text, bool standsOut)
    {
        // "Se enviará a ana@correo.mx" speaks of mail without the word.
        var plain = Address().Replace(text, " correo ");
        var words = Words.Normalise(plain);
        // "Si su ticket ya fue facturado…" is advice.
        if (Advice().IsMatch(words))
        {
            return null;
        }

        var hit = Entries.FirstOrDefault(e => (standsOut || e.Entry.Anywhere) && Says(e.Entry, e.Patterns, words, plain)).Entry;
        // "La factura emitida es de otro contribuyente", "se emitió anteriormente" are no success.
        var sensed = standsOut && hit is null or { Class: "exito" } ? Senses.Of(plain) : null;
        if (hit is null || sensed is { Class: "otro_rfc" or "ya_facturado" })
        {
            return sensed is null ? null : sensed with { Text = text.Trim() };
        }

        // What is asked has not happened yet.
        return text.TrimStart().StartsWith('¿') || (hit.Class is "exito" or "correo" && text.Contains('?', StringComparison.Ordinal)) ? null : new Meaning(hit.Class, hit.Field, text.Trim());
    }

    // A word that rules a meaning out does so in its own sentence: "Ya se facturó. Si no le llegó…".
    private static bool Says(MessageEntry entry, Regex[] patterns, string words, string text) => entry.Not is not { } not ? patterns.Any(p => p.IsMatch(words))
        : Sentence().Split(text).Select(Words.Normalise).Any(s => !not.Any(n => Words.Has(s, n)) && patterns.Any(p => p.IsMatch(s)));

    /// <summary>A word for a sale or an invoice, as it stands in any message.</summary>
    /// <param name="word">Normalised.</param>
    public static bool IsNoun(string word) => Array.Exists(Nouns, n => n.Words.Contains(word));

    /// <summary>All meanings of several texts, the most telling class first (the order of the data).</summary>
    public static IReadOnlyList<Meaning> All(IEnumerable<(string Text, bool StandsOut)> texts) =>
        [.. texts.Select(t => Of(t.Text, t.StandsOut)).OfType<Meaning>().DistinctBy(m => (m.Class, m.Text)).OrderBy(m => Array.FindIndex(Entries, e => e.Entry.Class == m.Class))];

    /// <summary>The moment a message names ("a partir del 24/11/2026 18:30", "en 2 horas"), read in Mexico City's time; null when it names none.</summary>
    public static DateTimeOffset? Moment(string text, DateTimeOffset now)
    {
        if (Day().Match(text) is { Success: true } day && Date(day) is { } date)
        {
            var local = date.ToDateTime(Clock().Match(text[day.Index..]) is { Success: true } clock && TimeOnly.TryParse(clock.Value, CultureInfo.InvariantCulture, out var time) ? time : default);
            return new DateTimeOffset(local, Mexico.GetUtcOffset(local)).ToUniversalTime();
        }

        var span = Span().Match(Words.Normalise(text));
        if (span.Success)
        {
            var n = int.Parse(span.Groups[1].Value, CultureInfo.InvariantCulture);
            return span.Groups[2].Value[0] is 'h' ? now.AddHours(n) : span.Groups[2].Value[0] is 'd' ? now.AddDays(n) : now.AddMinutes(n);
        }

        return Words.Normalise(text).Contains("unos minutos", StringComparison.Ordinal) ? now.AddMinutes(10) : null;
    }

    private static string Spelled(string pattern) => Nouns.Aggregate(pattern, (spelled, noun) => spelled.Replace(noun.Noun, $@"\b(?:{string.Join('|', noun.Words)})\b", StringComparison.Ordinal));

    private static DateOnly? Date(Match day)
    {
        var text = day.Value.Replace('-', '/');
        string[] shapes = ["d/M/yyyy", "yyyy/M/d"];
        return DateOnly.TryParseExact(text, shapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }

    [GeneratedRegex(@"^(si (el|la|los|tu|su|no|ya|usted|deseas?|tienes?|tiene)|en caso de|cuando|recuerd[ae]|te recordamos|le recordamos) ")]
    private static partial Regex Advice();

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"[^\s@]+@[^\s@]+\.[^\s@]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{4}[/-]\d{1,2}[/-]\d{1,2}")]
    private static partial Regex Day();

    [GeneratedRegex(@"\b\d{1,2}:\d{2}\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b(\d{1,3}) ?(horas?|hrs?|minutos?|mins?|dias?)\b")]
    private static partial Regex Span();
}
