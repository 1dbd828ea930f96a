using Invoicing.Fiscal;
using Invoicing.Messages;
using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Endpoints;

/// <summary>POST /invoicing/tickets/{id}/upload-invoice: a person brings the invoice. A bad file is kept, with is_valid false and why.</summary>
public static class UploadInvoice
{
    public sealed record Attachment(long Id, long TicketId, string FileType, long FileSize, bool IsValid, object ValidationDetails);

    public sealed record Response(bool Success, string Message, Attachment Attachment);

    public static async Task<IResult> Handle(
        long id, string? company_id, HttpRequest request, Caller caller, TicketsDb db, Acceptance acceptance, TenantDirectory tenants, Artefacts artefacts,
        TimeProvider time, CancellationToken ct)
    {
        var form = await FormReading.ReadAsync(request);
        var type = form["file_type"].ToString().ToLowerInvariant();
        if (type is not ("pdf" or "xml"))
        {
            return new Problem(400, "invalid_file_type", "Tipo de archivo debe ser 'pdf' o 'xml'");
        }

        if (form.Files["file"] is not { Length: > 0 } file)
        {
            return new Problem(400, "empty_file", "Archivo vacío");
        }

        var bytes = await file.BytesAsync(ct);
        var seen = await db.SeenByAsync(id, caller, company_id, ct);
        artefacts.EnsureRoom(seen.CompanyId, (await tenants.SettingsAsync(seen.CompanyId, ct)).StorageQuotaMb, bytes.Length);
        var receptor = type == "xml" ? await tenants.ReceptorAsync(seen.CompanyId, seen.Options.FiscalProfileId, ct) : null;
        await using var transaction = await db.JoinTransactionAsync(ct);
        var ticket = await db.LockedForAsync(id, caller, company_id, ct);
        var stored = await artefacts.PutAsync(ticket.CompanyId, $"ticket_{id}.{type}", type == "xml" ? "application/xml" : "application/pdf", bytes, ct);
        var attachment = type == "xml" ? await XmlAsync(ticket, bytes, stored, receptor, acceptance, time, ct) : await PdfAsync(ticket, bytes, stored, db, time, ct);
        db.Add(attachment);
        await db.SaveChangesAsync(ct);
        await (transaction?.CommitAsync(ct) ?? Task.CompletedTask);
        return Results.Json(AnswerOf(attachment), Json.Options);
    }

    private static async Task<InvoiceAttachment> XmlAsync(
        Ticket ticket, byte[] bytes, StoredFile stored, FiscalProfileFacts? receptor, Acceptance acceptance, TimeProvider time, CancellationToken ct)
    {
        var expected = receptor is null ? new CfdiExpectation { Total = ticket.Total, Compra = ticket.Compra } : Acceptance.ExpectationOf(ticket, receptor.Rfc);
        var cfdi = await acceptance.VerifyAsync(bytes, expected, ct);
        var refusal = await acceptance.RefuseAsync(ticket, cfdi, trusted: true, ct)
            ?? (receptor is null ? new Refusal("sin_perfil_fiscal", "Registre un perfil fiscal para comprobar el receptor del CFDI.") : null);
        if (refusal is null)
        {
            acceptance.Accept(ticket, cfdi, stored.Key, null, "upload", null, null);
        }
        else
        {
            ticket.RefuseInvoice(refusal.Reason, time.GetUtcNow());
        }

        return InvoiceAttachment.Of(ticket, "xml", stored.Key, stored.Size, refusal is null, refusal?.Reason ?? "CFDI XML válido", cfdi, time.GetUtcNow());
    }

    private static async Task<InvoiceAttachment> PdfAsync(Ticket ticket, byte[] bytes, StoredFile stored, TicketsDb db, TimeProvider time, CancellationToken ct)
    {
        var isPdf = FileSignature.Of(bytes).Kind == FileKind.Pdf;
        if (isPdf && ticket.InvoicePdfPath is null && await db.Cfdis.FirstOrDefaultAsync(c => c.TicketId == ticket.Id, ct) is { } cfdi)
        {
            cfdi.AddPdf(stored.Key);
            ticket.AttachPdf(time.GetUtcNow());
        }

        return InvoiceAttachment.Of(ticket, "pdf", stored.Key, stored.Size, isPdf, isPdf ? "PDF válido" : "El archivo no es un PDF.", null, time.GetUtcNow());
    }

    private static Response AnswerOf(InvoiceAttachment a) => new(
        true, a.IsValid ? $"Archivo {a.FileType.ToUpperInvariant()} subido exitosamente" : a.Message,
        new Attachment(a.Id, a.TicketId, a.FileType, a.FileSize, a.IsValid, new { message = a.Message, uuid = a.Uuid, checks = a.Checks }));
}
