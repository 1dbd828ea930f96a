using Invoicing.Tickets.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Endpoints;

/// <summary>GET /invoicing/tickets/{id}/ocr-text: what was read, or what was typed; empty when nothing was.</summary>
public static class GetOcrText
{
    public sealed record Response(bool Success, long TicketId, string OcrText, Tipo Tipo, bool HasExtractedText, int TextLength);

    public static async Task<Response> Handle(long id, string? company_id, Caller caller, TicketsDb db, CancellationToken ct)
    {
        var ticket = await db.SeenByAsync(id, caller, company_id, ct, "Ticket no encontrado");
        var text = TextOf(ticket);
        return new Response(true, id, text, ticket.Tipo, ticket.ExtractedText is not null, text.Length);
    }

    /// <summary>GET /internal/tickets/{id}/text.</summary>
    public static async Task<Results<Ok<string>, Problem>> ForServices(long id, TicketsDb db, CancellationToken ct) =>
        await db.Tickets.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct) is { } ticket ? TypedResults.Ok(TextOf(ticket)) : Problem.NotFound("No existe");

    private static string TextOf(Ticket ticket) => ticket.ExtractedText ?? (ticket.Tipo == Tipo.texto ? ticket.RawData : "");
}
