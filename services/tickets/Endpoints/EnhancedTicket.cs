using System.Text.Json;
using System.Text.Json.Serialization;
using Invoicing.Fiscal;

namespace Invoicing.Tickets.Endpoints;

/// <summary>v2: all that v1 shows, and how its automation stands.</summary>
public sealed class EnhancedTicket(Ticket ticket, Automation automation, CfdiDocument? cfdi, string? status = null, bool duplicate = false) : TicketAnswer(ticket, automation)
{
    /// <summary>Only right after creation: <c>queued</c> or <c>created</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Status { get; } = status;

    /// <summary>Only right after creation, and only true: the same picture had been sent before, and this is the ticket it became then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Duplicate { get; } = duplicate ? true : null;

    public string AutomationStatus { get; } = ticket.AutomationStatus;
    public JsonElement? AutomationSummary { get; } = automation.Summary;
    public IReadOnlyList<JsonElement> AutomationSteps { get; } = automation.Steps;
    public long? AutomationJobId { get; } = ticket.JobId;
    public Priority Priority { get; } = ticket.Priority;

    /// <summary>For the person who sent the ticket; null while all goes well.</summary>
    public string? ErrorExplanation { get; } =
        ticket.Estado == Tickets.Estado.fallido || ticket.AutomationStatus == "requiere_intervencion" ? ticket.OutcomeDetail ?? ticket.InvoiceFailureReason : null;

    public int RetryCount { get; } = ticket.RetryCount;
    public double? MerchantConfidence { get; } = ticket.Confidence;
    public int? ProcessingTimeMs { get; } = ticket.ProcessingTimeMs;
    public IReadOnlyDictionary<string, decimal>? CostBreakdown { get; } = ticket.CostBreakdown;
    public string? LlmReasoning { get; } = ReasoningOf(automation);
    public IReadOnlyDictionary<string, string> ExtractedFields { get; } = ticket.ExtractedFields;
    public IReadOnlyDictionary<string, double> FieldConfidence { get; } = ticket.FieldConfidence;
    public string? Outcome { get; } = ticket.Outcome;
    public string? OutcomeDetail { get; } = ticket.OutcomeDetail;
    public Deadline? Deadline { get; } = ticket.DeadlineSource is { } source ? new(ticket.DeadlineAvailableFrom, ticket.DeadlineClosesAt, source) : null;
    public Invoice? Invoice { get; } = cfdi is null ? null : Endpoints.Invoice.Of(ticket, cfdi);

    /// <summary>The last reason a step gave.</summary>
    private static string? ReasoningOf(Automation automation) => automation.Steps
        .Select(s => s.ValueKind == JsonValueKind.Object && s.TryGetProperty("llm_reasoning", out var why) && why.ValueKind == JsonValueKind.String ? why.GetString() : null)
        .LastOrDefault(why => why is not null);
}

/// <summary>The ticket's CFDI; the urls answer with the ticket's own credential.</summary>
public sealed record Invoice(
    string Uuid, string XmlUrl, string? PdfUrl, string EmisorRfc, string ReceptorRfc, decimal Total, DateTime Fecha, InvoiceValidation Validation)
{
    public static Invoice Of(Ticket ticket, CfdiDocument cfdi) => new(
        cfdi.Uuid, ticket.InvoiceXmlPath!, ticket.InvoicePdfPath, cfdi.EmisorRfc, cfdi.ReceptorRfc, cfdi.Total, cfdi.Fecha,
        new InvoiceValidation(cfdi.Checks.All(c => c.Status != CheckStatus.Invalid), cfdi.Checks));
}

public sealed record InvoiceValidation(bool Valid, IReadOnlyList<CfdiCheck> Checks);
