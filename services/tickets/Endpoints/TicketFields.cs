using System.Text.Json;

namespace Invoicing.Tickets.Endpoints;

/// <summary>A ticket as v1 clients know it; never its bytes.</summary>
public class TicketFields(Ticket ticket)
{
    public long Id { get; } = ticket.Id;
    public int? UserId { get; } = ticket.UserId;
    public string CompanyId { get; } = ticket.CompanyId;
    public string RawData { get; } = ticket.RawData;
    public Tipo Tipo { get; } = ticket.Tipo;
    public Estado Estado { get; } = ticket.Estado;
    public long? MerchantId { get; } = ticket.MerchantId;
    public string? MerchantName { get; } = ticket.MerchantName;
    public string? Category { get; } = ticket.Category;
    public double? Confidence { get; } = ticket.Confidence;
    public InvoiceData? InvoiceData { get; } = ticket.InvoiceData;
    public Analysis? LlmAnalysis { get; } = ticket.LlmAnalysis;
    public string? ExtractedText { get; } = ticket.ExtractedText;
    public string? WhatsappMessageId { get; } = ticket.WhatsappMessageId;
    public DateTimeOffset CreatedAt { get; } = ticket.CreatedAt;
    public DateTimeOffset UpdatedAt { get; } = ticket.UpdatedAt;
    public string InvoiceStatus { get; } = ticket.InvoiceStatus;
    public string? InvoiceUuid { get; } = ticket.InvoiceUuid;
    public string? InvoicePdfPath { get; } = ticket.InvoicePdfPath;
    public string? InvoiceXmlPath { get; } = ticket.InvoiceXmlPath;
    public string? InvoiceFailureReason { get; } = ticket.InvoiceFailureReason;
}

/// <summary>A row of the v1 list.</summary>
public sealed class ListedTicket(Ticket ticket) : TicketFields(ticket)
{
    public bool Processing { get; } = ticket.Processing;
}

/// <summary>v1 answer: every field at top level and again under <c>ticket</c>, with the ticket's jobs.</summary>
public class TicketAnswer(Ticket ticket, Automation automation) : TicketFields(ticket)
{
    public bool Success { get; } = true;
    public ListedTicket Ticket { get; } = new(ticket);
    public IReadOnlyList<JsonElement> Jobs { get; } = automation.Jobs;
    public bool Processing { get; } = ticket.Processing;
    public string ProcessingStatus { get; } = ticket.ProcessingStatus;
}
