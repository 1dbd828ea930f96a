using Invoicing.Tickets.Db;

namespace Invoicing.Tickets.Endpoints;

/// <summary>GET /invoicing/tickets/{id}/ocr-text: what was read, or what was typed; empty when nothing was.</summary>
public static class GetOcrText
{
    public sealed record Response(bool Success, long TicketId, string OcrText, Tipo Tipo, bool HasExtractedText, int TextLength);

    public static async Task<Response> Handle(long id, string? company_id, Caller caller, TicketsDb db, CancellationToken ct)
    {
        var ticket = await db.SeenByAsync(id, caller, company_id, ct, "Ticket no encontrado");
        var text = ticket.ExtractedText ?? (ticket.Tipo == Tipo.texto ? ticket.RawData : "");
        return new Response(true, id, text, ticket.Tipo, ticket.ExtractedText is not null, text.Length);
    }
}
