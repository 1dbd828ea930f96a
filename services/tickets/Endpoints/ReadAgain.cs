using Invoicing.Tickets.Db;
using Invoicing.Tickets.Reading;

namespace Invoicing.Tickets.Endpoints;

/// <summary>POST /invoicing/tickets/{id}/reanalyze: the ticket is read anew, now.</summary>
public static class ReadAgain
{
    public sealed record Response(bool Success, long TicketId, bool AnalysisUpdated, Analysis? Analysis, string? Error, string Message);

    public static async Task<Response> Handle(
        long id, string? company_id, Caller caller, TicketsDb db, ReceiptForms receipts, Catalogue catalogue, CancellationToken ct)
    {
        var reading = await receipts.ReadAsync(await db.SeenByAsync(id, caller, company_id, ct), ct);
        if (!reading.Readable || reading.Text.Length == 0)
        {
            return new Response(false, id, false, null, reading.Reason ?? "El ticket no contiene texto.", "No se pudo leer el ticket.");
        }

        await using var transaction = await db.JoinTransactionAsync(ct);
        var ticket = await db.LockedForAsync(id, caller, company_id, ct);
        if (ticket.InvoiceUuid is null)
        {
            await catalogue.RecordAsync(ticket, reading, ct);
            await db.SaveChangesAsync(ct);
        }

        await (transaction?.CommitAsync(ct) ?? Task.CompletedTask);
        return new Response(true, id, ticket.InvoiceUuid is null, ticket.LlmAnalysis, null, "Ticket analizado de nuevo.");
    }
}
