using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Invoicing.Tickets.Endpoints;

/// <summary>GET /invoicing/tickets/{id}/image, /v2/tickets/{id}/file, /invoice.xml, /invoice.pdf and /invoicing/attachments/{id}/download.</summary>
public static class GetTicketFile
{
    public static async Task<IResult> Image(long id, string? company_id, Caller caller, TicketsDb db, Artefacts artefacts, HttpResponse response, CancellationToken ct)
    {
        var ticket = await db.SeenByAsync(id, caller, company_id, ct, "Ticket no encontrado");
        // Questions about a field lead here with its name: its piece of the picture, or all of it where that is not known.
        if (ticket is { Tipo: Tipo.imagen, ImageKey: { } photo } && ticket.FieldPlaces.TryGetValue(response.HttpContext.Request.Query["field"].ToString(), out var place)
            && await FieldPicture.CutAsync(artefacts, photo, place, ct) is { } piece)
        {
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers.CacheControl = "private";
            return Results.Bytes(piece, "image/jpeg");
        }

        return ticket is { Tipo: Tipo.imagen, ImageKey: { } key }
            ? Send(artefacts, response, key, Shown(ticket.ContentType), ticket.FileName!, attach: false)
            : Problem.NotFound("No hay imagen disponible para este ticket", "no_image");
    }

    public static async Task<IResult> Original(long id, string? company_id, Caller caller, TicketsDb db, Artefacts artefacts, HttpResponse response, CancellationToken ct)
    {
        var ticket = await db.SeenByAsync(id, caller, company_id, ct);
        return ticket.ImageKey is { } key
            ? Send(artefacts, response, key, Shown(ticket.ContentType), ticket.FileName!, attach: true)
            : Problem.NotFound("El ticket no tiene archivo", "no_file");
    }

    public static Task<IResult> Xml(long id, string? company_id, Caller caller, TicketsDb db, Artefacts artefacts, HttpResponse response, CancellationToken ct) =>
        InvoiceAsync(id, caller, company_id, db, artefacts, response, c => c.XmlKey, "application/xml", "xml", ct);

    public static Task<IResult> Pdf(long id, string? company_id, Caller caller, TicketsDb db, Artefacts artefacts, HttpResponse response, CancellationToken ct) =>
        InvoiceAsync(id, caller, company_id, db, artefacts, response, c => c.PdfKey, "application/pdf", "pdf", ct);

    public static async Task<IResult> Attachment(long id, string? company_id, Caller caller, TicketsDb db, Artefacts artefacts, HttpResponse response, CancellationToken ct)
    {
        var scope = caller.ScopeFor(company_id);
        var file = await db.Attachments.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id && (scope == null || a.CompanyId == scope), ct);
        return file is null ? Problem.NotFound("Adjunto no encontrado", "attachment_not_found")
            : Send(artefacts, response, file.ArtefactKey, "application/octet-stream", $"ticket_{file.TicketId}_{file.FileType}.{file.FileType}", attach: true);
    }

    private static async Task<IResult> InvoiceAsync(
        long id, Caller caller, string? named, TicketsDb db, Artefacts artefacts, HttpResponse response, Func<CfdiDocument, string?> file, string type, string extension, CancellationToken ct)
    {
        var ticket = await db.SeenByAsync(id, caller, named, ct);
        var cfdi = await db.Cfdis.AsNoTracking().FirstOrDefaultAsync(c => c.TicketId == ticket.Id, ct);
        return cfdi is not null && file(cfdi) is { } key
            ? Send(artefacts, response, key, type, $"{cfdi.Uuid}.{extension}", attach: true)
            : Problem.NotFound($"El ticket {id} no tiene {extension.ToUpperInvariant()} de factura", "no_invoice");
    }

    /// <summary>With Range and ETag; artefacts never change, so the key is the tag. The name is fit for a header, the type is never sniffed.</summary>
    private static IResult Send(Artefacts artefacts, HttpResponse response, string key, string type, string name, bool attach)
    {
        if (artefacts.Open(key) is not { } stream)
        {
            return Problem.NotFound("Archivo no encontrado en el sistema", "file_not_found");
        }

        var disposition = new ContentDispositionHeaderValue(attach ? "attachment" : "inline");
        disposition.SetHttpFileName(name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private";
        return Results.Stream(stream, type, entityTag: new EntityTagHeaderValue($"\"{key.Split('/')[^1]}\""), enableRangeProcessing: true);
    }

    /// <summary>Only types that a browser shows as a picture are named; the rest is bytes.</summary>
    private static string Shown(string? type) => type is "image/jpeg" or "image/png" or "image/gif" or "image/webp" or "image/bmp" or "application/pdf" ? type : "application/octet-stream";
}
