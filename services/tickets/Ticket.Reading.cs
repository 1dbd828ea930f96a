using Invoicing.Tickets.Reading;

namespace Invoicing.Tickets;

/// <summary>What was found out about a ticket, ready to be kept and told.</summary>
/// <param name="Fields">Canonical field to value: what was read, and over it what people gave.</param>
public sealed record TicketFacts(
    TicketReading Reading, IReadOnlyDictionary<string, string> Fields, IReadOnlyDictionary<string, double> Confidence,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Alternatives, IReadOnlyList<string> PortalUrls, Recognition? Merchant, Deadline? Deadline);

/// <summary>A merchant of the catalogue seen on a ticket.</summary>
/// <param name="How">rfc, name, url, qr or hint.</param>
public sealed record Recognition(long Id, string Nombre, string? Category, double Confidence, string How);

// What was read from the ticket.
public sealed partial class Ticket
{
    /// <summary>Null until it was read.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>How often it was read or corrected, from 0.</summary>
    public int Revision { get; private set; }

    public long? MerchantId { get; private set; }
    public string? MerchantName { get; private set; }
    public string? Category { get; private set; }
    public double? Confidence { get; private set; }
    public string? ExtractedText { get; private set; }
    public Analysis? LlmAnalysis { get; private set; }
    public IReadOnlyDictionary<string, string> ExtractedFields { get; private set; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, double> FieldConfidence { get; private set; } = new Dictionary<string, double>();

    /// <summary>Other readings of doubtful fields, best first.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Alternatives { get; private set; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Where fields stand on the photograph.</summary>
    public IReadOnlyDictionary<string, PrintPlace> FieldPlaces { get; private set; } = new Dictionary<string, PrintPlace>();

    /// <summary>What the photograph looks like; null for what is none.</summary>
    public long? PictureHash { get; private set; }

    /// <summary>Addresses of the ticket that may lead to its invoice, best first.</summary>
    public IReadOnlyList<ReadUrl> ReadUrls { get; private set; } = [];

    public IReadOnlyList<ReadCode> ReadCodes { get; private set; } = [];

    /// <summary>The window the ticket itself prints.</summary>
    public InvoicingWindow? PrintedWindow { get; private set; }

    /// <summary>Values people gave after seeing the reading; they win over it for good.</summary>
    public IReadOnlyDictionary<string, string> Corrections { get; private set; } = new Dictionary<string, string>();

    /// <summary>Pesos as printed, to find the ticket an invoice belongs to.</summary>
    public decimal? Total { get; private set; }

    public DateTimeOffset? DeadlineAvailableFrom { get; private set; }
    public DateTimeOffset? DeadlineClosesAt { get; private set; }
    public string? DeadlineSource { get; private set; }

    /// <summary>Day of the purchase, when it was read.</summary>
    public DateOnly? Compra => ExtractedFields.TryGetValue("fecha", out var day) && DateOnly.TryParseExact(day, "yyyy-MM-dd", out var date) ? date : null;

    public void Record(TicketFacts facts, DateTimeOffset now)
    {
        if (ReadAt is not null)
        {
            Revision++;
        }

        ReadAt = now;
        UpdatedAt = now;
        Keep(facts.Reading);
        (ExtractedFields, FieldConfidence, Alternatives) = (facts.Fields, facts.Confidence, facts.Alternatives);
        Total = facts.Fields.TryGetValue("total", out var total) ? Amount(total) : null;
        (MerchantId, Category, Confidence) = (facts.Merchant?.Id, facts.Merchant?.Category, facts.Merchant?.Confidence);
        MerchantName = facts.Merchant?.Nombre ?? (facts.Fields.TryGetValue("merchant", out var printed) ? printed : null);
        LlmAnalysis = Analysis.Of(this, facts.Reading);
        (DeadlineAvailableFrom, DeadlineClosesAt, DeadlineSource) = (facts.Deadline?.AvailableFrom, facts.Deadline?.ClosesAt, facts.Deadline?.Source);
        if (!facts.Reading.Readable && InvoiceUuid is null)
        {
            Refuse(facts.Reading.Reason, now);
        }
    }

    /// <summary>A person gave values for fields; what was read of them no longer counts.</summary>
    public void Correct(IReadOnlyDictionary<string, string> fields, DateTimeOffset now)
    {
        Corrections = Corrections.Concat(fields).GroupBy(f => f.Key).ToDictionary(g => g.Key, g => g.Last().Value);
        if (Estado == Estado.fallido && JobId is null)
        {
            (Outcome, OutcomeDetail, InvoiceFailureReason, InvoiceStatus) = (null, null, null, "pendiente");
            AutomationStatus = Tickets.AutomationStatus.Pendiente;
            Turn(Estado.pendiente, now);
        }

        UpdatedAt = now;
    }

    /// <summary>What was read, as it was read, for another look after a correction.</summary>
    public TicketReading LastReading() => new(
        true, null, ExtractedText ?? "", ExtractedFields.ToDictionary(f => f.Key, f => new ReadField(f.Value, FieldConfidence.GetValueOrDefault(f.Key, 1), Alternatives.GetValueOrDefault(f.Key) ?? [])),
        ReadCodes, ReadUrls, PrintedWindow, LlmAnalysis?.Engine ?? "local", 0) { Places = FieldPlaces, PictureHash = PictureHash, Opinions = LlmAnalysis?.SecondOpinions ?? [] };

    private void Keep(TicketReading reading)
    {
        ExtractedText = reading.Text.Length > 0 ? reading.Text : null;
        (ReadUrls, ReadCodes, PrintedWindow, FieldPlaces, PictureHash) = (reading.Urls, reading.Codes, reading.Window, reading.Places, reading.PictureHash);
    }

    private void Refuse(string? reason, DateTimeOffset now)
    {
        (Outcome, OutcomeDetail, InvoiceFailureReason, InvoiceStatus) = ("datos_ticket_invalidos", reason, reason, "fallida");
        AutomationStatus = Tickets.AutomationStatus.Fallido;
        Turn(Estado.fallido, now);
    }

    private static decimal? Amount(string text) =>
        decimal.TryParse(text, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var amount)
            && Math.Abs(amount) < 1e12m ? Math.Round(amount, 2) : null;
}
