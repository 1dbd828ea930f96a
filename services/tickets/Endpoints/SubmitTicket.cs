using System.Text.Json.Serialization;
using Invoicing.Tickets.Db;

namespace Invoicing.Tickets.Endpoints;

/// <summary>POST /invoicing/tickets: a file or a text becomes a ticket and a job (v1).</summary>
public static class SubmitTicket
{
    public static async Task<Response> Handle(HttpRequest request, Caller caller, TicketsDb db, Intake intake, CancellationToken ct)
    {
        var form = await FormReading.ReadAsync(request);
        var company = caller.TenantFor(Tenant(request, form));
        var upload = form.SentFile() is { } file ? Upload.Judge(await file.BytesAsync(ct), file.FileName, file.ContentType) : null;
        var text = upload is null ? TypedText(form["text_content"].ToString()) : upload.Tipo == Tipo.texto ? TypedText(upload.Text) : null;
        var ticket = await intake.TakeAsync(
            new Submission(company, UserId(form), upload?.Tipo ?? Tipo.texto, text, upload, new SubmitOptions()), ct);
        await db.SaveChangesAsync(ct);
        return new Response(ticket);
    }

    private static string? Tenant(HttpRequest request, IFormCollection form) =>
        form["company_id"].ToString() is { Length: > 0 } named ? named : request.Query["company_id"].ToString();

    /// <exception cref="ProblemException">400 nothing was sent, 413 too long.</exception>
    internal static string TypedText(string text) =>
        string.IsNullOrWhiteSpace(text.Replace("\0", "", StringComparison.Ordinal))
            ? throw new ProblemException(new Problem(400, "empty_ticket", "Debe proporcionar un archivo o contenido de texto"))
            : text.Length > UploadLimits.Text ? throw new ProblemException(new Problem(413, "payload_too_large", "El texto del ticket es demasiado largo.")) : text;

    internal static int? UserId(IFormCollection form) => form["user_id"].ToString() switch
    {
        "" => null,
        var given when int.TryParse(given, out var id) => id,
        _ => throw new ProblemException(Problem.Invalid("/user_id", "invalid_type", "user_id debe ser un número entero.")),
    };

    public sealed class Response(Ticket ticket)
    {
        public bool Success { get; } = true;
        public long TicketId { get; } = ticket.Id;
        public long Id { get; } = ticket.Id;
        public long? JobId { get; } = ticket.JobId;
        public string Status { get; } = ticket.Tipo == Tipo.imagen ? "image_processing" : "text_processing";

        public string Message { get; } = ticket.Tipo switch
        {
            Tipo.imagen => "Imagen recibida. Se leerá y se buscará su factura.",
            Tipo.pdf => "PDF recibido. Se leerá y se buscará su factura.",
            Tipo.voz => "Audio recibido. Una persona debe capturar los datos del ticket.",
            _ => "Ticket de texto recibido. Se leerá y se buscará su factura.",
        };

        public bool Processing { get; } = ticket.Processing;
        public Estado Estado { get; } = ticket.Estado;
        public DateTimeOffset CreatedAt { get; } = ticket.CreatedAt;
        public DateTimeOffset UpdatedAt { get; } = ticket.UpdatedAt;
        public string CompanyId { get; } = ticket.CompanyId;

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? EstimatedTime { get; } = ticket.Tipo == Tipo.imagen ? "15-30 segundos" : null;
    }
}
