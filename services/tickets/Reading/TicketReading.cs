namespace Invoicing.Tickets.Reading;

/// <summary>What the bytes of a ticket are said to be. Their content is checked all the same.</summary>
public enum TicketForm
{
    Image,
    Pdf,
    Text,
}

/// <summary>Everything that was seen on a ticket. What was not seen is absent: no value is a default or a guess.</summary>
/// <param name="Readable">False when nothing usable was seen; then <paramref name="Reason"/> says why.</param>
/// <param name="Reason">Spanish sentence for the person who sent the ticket; null when readable.</param>
/// <param name="Text">The rows from top to bottom, a line each. Empty when unreadable.</param>
/// <param name="Fields">Canonical field name (see <see cref="FieldNames"/>) to its reading.</param>
/// <param name="Codes">QR and bar codes, each once.</param>
/// <param name="Urls">Addresses, best invoicing address first.</param>
/// <param name="Window">When the ticket says it can be invoiced; null when it does not say.</param>
/// <param name="Engine"><c>local</c>, and with a plus the engines outside that had a say.</param>
/// <param name="Seconds">Wall time, waiting for a free reader included.</param>
public sealed record TicketReading(
    bool Readable, string? Reason, string Text, IReadOnlyDictionary<string, ReadField> Fields, IReadOnlyList<ReadCode> Codes,
    IReadOnlyList<ReadUrl> Urls, InvoicingWindow? Window, string Engine, double Seconds)
{
    /// <summary>Where the fields stand on the photo, as far as it is known; empty for what is no photo.</summary>
    public IReadOnlyDictionary<string, PrintPlace> Places { get; init; } = new Dictionary<string, PrintPlace>();

    /// <summary>What was understood: the rows of the text, each with its other readings. They stay in this process.</summary>
    internal IReadOnlyList<TextRow> Rows { get; init; } = [];

    /// <summary>See <see cref="Reading.PictureHash"/>; null for what is no photo.</summary>
    public long? PictureHash { get; init; }

    /// <summary>Engines outside that were asked, in order; none for a ticket that was surely read here.</summary>
    public IReadOnlyList<SecondOpinion> Opinions { get; init; } = [];

    /// <summary>What those cost.</summary>
    public CloudUsage Cloud { get; init; } = CloudUsage.None;

    /// <summary>A ticket of which nothing can be used, and why (Spanish).</summary>
    public static TicketReading Unreadable(string reason, double seconds = 0) =>
        new(false, reason, "", new Dictionary<string, ReadField>(), [], [], null, "local", seconds);
}

/// <summary>What came of asking an engine outside.</summary>
/// <param name="Outcome"><c>used</c>: it settled <paramref name="Fields"/>; <c>no_help</c>: nothing of it was borne out; <c>unanswered</c>: no answer in time, the local reading stands.</param>
public sealed record SecondOpinion(string Engine, string Outcome, IReadOnlyList<string> Fields);

/// <param name="Pages">Pictures that an OCR service read.</param>
public sealed record CloudUsage(int Pages, long InputTokens, long OutputTokens, string? Model)
{
    public static CloudUsage None { get; } = new(0, 0, 0, null);

    public CloudUsage Plus(CloudUsage o) => new(Pages + o.Pages, InputTokens + o.InputTokens, OutputTokens + o.OutputTokens, Model ?? o.Model);
}

/// <summary>One value of the ticket. Dates are yyyy-MM-dd, hours HH:mm[:ss], amounts have a point and two decimals.</summary>
/// <param name="Confidence">0 to 1. Under .95 a person should look at it before anything irreversible is done with it.</param>
/// <param name="Alternatives">Other readings of the same print (O/0, 1/I), best first; empty when there is no doubt.</param>
public sealed record ReadField(string Value, double Confidence, IReadOnlyList<string> Alternatives)
{
    public ReadField(string value, double confidence) : this(value, confidence, [])
    {
    }
}

/// <param name="Format">QR, CODE128 or CODE39.</param>
public sealed record ReadCode(string Format, string Text);

/// <summary>One row of text as printed.</summary>
/// <param name="Confidence">0 to 1, of the worst piece in the row; 1 for text that was typed.</param>
public sealed record TextRow(string Text, double Confidence)
{
    /// <summary>Where it stands on the photo; null for typed text.</summary>
    public PrintPlace? Place { get; init; }

    /// <summary>The row as other looks at the same print read it; empty for typed text and where all looks agreed.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>The row with one character that was nearly read instead or between: what a rule (check digit, sum, calendar) may choose from when the row itself breaks it.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>What the recogniser held likely in each look at each piece of the row; empty for typed text.</summary>
    public IReadOnlyList<Trace> Traces { get; init; } = [];
}

/// <summary>A piece of the photo, in fractions of its sides, once the upright photo (EXIF) is turned clockwise by <paramref name="Turn"/> degrees.</summary>
public sealed record PrintPlace(int Turn, double X, double Y, double Width, double Height);

/// <summary>The window the ticket prints for asking the invoice. Each part is null when not printed.</summary>
/// <param name="Hours">Hours after the purchase ("72 horas").</param>
/// <param name="Days">Days after the purchase ("30 días naturales").</param>
/// <param name="SameMonth">Only within the month of the purchase ("fin de mes").</param>
/// <param name="DaysAfterMonth">Days of the following month still allowed ("hasta el día 5 del mes siguiente").</param>
/// <param name="WaitMinutes">Minutes to wait after the purchase ("esperar 60 minutos").</param>
/// <param name="Text">The rows it was read from.</param>
public sealed record InvoicingWindow(int? Hours, int? Days, bool SameMonth, int? DaysAfterMonth, int? WaitMinutes, string Text);
