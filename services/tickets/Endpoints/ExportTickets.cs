using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Endpoints;

/// <summary>GET /internal/tenants/{company_id}/export: the company's tickets with what was read and their files, its invoices and private merchants.</summary>
public static class ExportTickets
{
    /// <summary>What v1 shows, and what only v2 does.</summary>
    public sealed class Exported(Ticket ticket) : TicketFields(ticket)
    {
        public string AutomationStatus { get; } = ticket.AutomationStatus;
        public string? Outcome { get; } = ticket.Outcome;
        public string? OutcomeDetail { get; } = ticket.OutcomeDetail;
        public long? JobId { get; } = ticket.JobId;
        public string? FileName { get; } = ticket.FileName;
        public IReadOnlyDictionary<string, string> ExtractedFields { get; } = ticket.ExtractedFields;
        public IReadOnlyDictionary<string, double> FieldConfidence { get; } = ticket.FieldConfidence;
        public IReadOnlyDictionary<string, string> Corrections { get; } = ticket.Corrections;
        public SubmitOptions Options { get; } = ticket.Options;
    }

    public static IResult Handle(string companyId, TicketsDb db, Artefacts artefacts, CancellationToken ct) => TenantArchive.Answer(async archive =>
    {
        await archive.RowsAsync("tickets", db.Tickets.AsNoTracking().Where(t => t.CompanyId == companyId).OrderBy(t => t.Id).AsAsyncEnumerable().Select(t => new Exported(t)), ct);
        var merchants = db.Merchants.AsNoTracking().Where(m => m.CompanyId == companyId).OrderBy(m => m.Id);
        await archive.RowsAsync("merchants", merchants.AsAsyncEnumerable().Select(AddMerchant.Of), ct);
        var cfdis = db.Cfdis.AsNoTracking().Where(c => c.CompanyId == companyId).OrderBy(c => c.TicketId);
        await archive.RowsAsync("invoices", cfdis.AsAsyncEnumerable().Select(c => new { c.TicketId, c.Uuid, c.EmisorRfc, c.ReceptorRfc, c.Total, c.Fecha, c.Source, c.AcceptedAt }), ct);
        foreach (var (key, name) in await FilesAsync(companyId, db, ct))
        {
            if (artefacts.Open(key) is { } file)
            {
                await using (file)
                {
                    await archive.FileAsync("files/" + name, file, ct);
                }
            }
        }
    });

    /// <summary>Artefact key and the name a person finds it by. What clients called their file is in the ticket's row: names of strangers make no paths.</summary>
    private static async Task<IEnumerable<(string Key, string Name)>> FilesAsync(string companyId, TicketsDb db, CancellationToken ct)
    {
        var originals = await db.Tickets.Where(t => t.CompanyId == companyId && t.ImageKey != null).OrderBy(t => t.Id).Select(t => new { t.Id, t.ImageKey, t.ContentType }).ToListAsync(ct);
        var cfdis = await db.Cfdis.Where(c => c.CompanyId == companyId).OrderBy(c => c.TicketId).Select(c => new { c.TicketId, c.Uuid, c.XmlKey, c.PdfKey }).ToListAsync(ct);
        return originals.Select(o => (o.ImageKey!, $"tickets/{o.Id}{Extension(o.ContentType)}"))
            .Concat(cfdis.Select(c => (c.XmlKey, $"invoices/{c.TicketId}_{c.Uuid}.xml")))
            .Concat(cfdis.Where(c => c.PdfKey is not null).Select(c => (c.PdfKey!, $"invoices/{c.TicketId}_{c.Uuid}.pdf")));
    }

    private static string Extension(string? type) => type switch
    {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/webp" => ".webp",
        "image/gif" => ".gif",
        "application/pdf" => ".pdf",
        _ => ".bin",
    };
}
