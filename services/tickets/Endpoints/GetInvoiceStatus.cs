using System.Text.Json;
using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Endpoints;

/// <summary>GET /invoicing/tickets/{id}/invoice-status: the ticket's invoice and every file that was delivered for it (v1).</summary>
public static class GetInvoiceStatus
{
    public sealed record InvoiceState(
        string Status, string? PdfPath, string? XmlPath, InvoiceData? Metadata, string? FailureReason, DateTimeOffset LastCheck, string? Uuid, string? SatValidation);

    /// <param name="ValidationDetails">JSON in a string, as clients know it.</param>
    public sealed record Attachment(
        long Id, long TicketId, string FileType, string FilePath, long FileSize, DateTimeOffset UploadedAt, bool IsValid, string ValidationDetails);

    public sealed record Response(bool Success, InvoiceState InvoiceData, IReadOnlyList<Attachment> Attachments);

    public static async Task<Response> Handle(long id, string? company_id, Caller caller, TicketsDb db, CancellationToken ct)
    {
        var ticket = await db.SeenByAsync(id, caller, company_id, ct);
        var files = await db.Attachments.AsNoTracking().Where(a => a.TicketId == id).OrderBy(a => a.Id).ToListAsync(ct);
        var state = new InvoiceState(
            ticket.InvoiceStatus, ticket.InvoicePdfPath, ticket.InvoiceXmlPath, ticket.InvoiceData, ticket.InvoiceFailureReason, ticket.UpdatedAt, ticket.InvoiceUuid, null);
        return new Response(true, state, [.. files.Select(Of)]);
    }

    internal static Attachment Of(InvoiceAttachment file) => new(
        file.Id, file.TicketId, file.FileType, $"/invoicing/attachments/{file.Id}/download", file.FileSize, file.UploadedAt, file.IsValid,
        JsonSerializer.Serialize(new { message = file.Message, uuid = file.Uuid, checks = file.Checks }, Json.Options));
}
