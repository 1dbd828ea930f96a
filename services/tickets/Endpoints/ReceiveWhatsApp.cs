using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Endpoints;

/// <summary>
/// POST /invoicing/webhooks/whatsapp: a message becomes a ticket, once however often it is sent. With <c>WhatsApp:AppSecret</c> set, the
/// signature is checked over the raw bytes (X-Hub-Signature-256).
/// </summary>
public static class ReceiveWhatsApp
{
    public sealed record Request
    {
        [Required(ErrorMessage = "message_id es requerido.")]
        [StringLength(200, ErrorMessage = "message_id admite hasta 200 caracteres.")]
        public string? MessageId { get; init; }

        [Required(ErrorMessage = "from_number es requerido.")]
        public string? FromNumber { get; init; }

        [Required(ErrorMessage = "message_type es requerido.")]
        [AllowedValues("text", "image", "document", "audio", ErrorMessage = "message_type debe ser text, image, document o audio.")]
        public string? MessageType { get; init; }

        [Required(ErrorMessage = "content es requerido.", AllowEmptyStrings = true)]
        public string? Content { get; init; }

        public string? Timestamp { get; init; }
        public string? MediaUrl { get; init; }
        public string? CompanyId { get; init; }
    }

    public sealed record Response(bool Success, string Message, long TicketId, long? JobId, string WhatsappMessageId);

    public static async Task<IResult> Handle(
        HttpRequest request, string? company_id, Caller caller, TicketsDb db, Intake intake, WhatsAppMedia media, IConfiguration configuration, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, ct);
        if (configuration["WhatsApp:AppSecret"] is { Length: > 0 } secret && !IsSigned(request, buffer.ToArray(), secret))
        {
            return new Problem(401, "invalid_signature", "La firma del mensaje no es válida.");
        }

        var message = Body.Parse<Request>(buffer.ToArray());
        var company = caller.TenantFor(message.CompanyId ?? company_id);
        var ticket = await FindAsync(db, company, message.MessageId!, ct) ?? await TakeAsync(message, company, db, intake, media, ct);
        return Results.Json(new Response(true, "Mensaje procesado exitosamente", ticket.Id, ticket.JobId, message.MessageId!), Json.Options);
    }

    private static async Task<Ticket> TakeAsync(Request message, string company, TicketsDb db, Intake intake, WhatsAppMedia media, CancellationToken ct)
    {
        var upload = string.IsNullOrWhiteSpace(message.MediaUrl) ? null : await media.FetchAsync(message.MediaUrl, message.MessageType!, ct);
        var text = upload is null ? SubmitTicket.TypedText(message.Content!) : upload.Tipo == Tipo.texto ? upload.Text : null;
        var ticket = await intake.TakeAsync(new Submission(company, null, upload?.Tipo ?? Tipo.texto, text, upload, new SubmitOptions(), message.MessageId), ct);
        try
        {
            await db.SaveChangesAsync(ct);
            return ticket;
        }
        catch (DbUpdateException e) when (e.IsDuplicate(TicketTable.OncePerMessage))
        {
            // The same message came at the same time; the other one was first.
            db.ChangeTracker.Clear();
            return await FindAsync(db, company, message.MessageId!, ct) ?? throw new InvalidOperationException("A duplicate message has no ticket", e);
        }
    }

    private static Task<Ticket?> FindAsync(TicketsDb db, string company, string messageId, CancellationToken ct) =>
        db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.CompanyId == company && t.WhatsappMessageId == messageId, ct);

    private static bool IsSigned(HttpRequest request, byte[] body, string secret)
    {
        var expected = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(request.Headers["X-Hub-Signature-256"].ToString()));
    }
}
