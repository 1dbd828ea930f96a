namespace Invoicing.Tickets.Endpoints;

public static class TicketRoutes
{
    public static void MapTickets(this WebApplication app)
    {
        var read = app.MapGroup("/invoicing").Requires(Permission.read_tickets).WithTags("tickets");
        read.MapGet("/tickets", ListTickets.Handle);
        read.MapGet("/tickets/{id}", GetTicket.Handle);
        read.MapGet("/tickets/{id}/enhanced", GetTicket.Enhanced);
        read.MapGet("/tickets/{id}/image", GetTicketFile.Image);
        read.MapGet("/tickets/{id}/ocr-text", GetOcrText.Handle);
        read.MapPost("/tickets/{id}/extract-urls", ExtractUrls.OfTicket);
        read.MapPost("/extract-urls", ExtractUrls.Handle);
        read.MapGet("/stats", GetStats.Handle);
        read.MapGet("/v2/tickets", ListEnhancedTickets.Handle);
        read.MapGet("/v2/tickets/{id}", GetTicket.Enhanced);
        read.MapGet("/v2/tickets/{id}/file", GetTicketFile.Original);

        var write = app.MapGroup("/invoicing").Requires(Permission.write_tickets).WithTags("tickets");
        write.MapPost("/tickets", SubmitTicket.Handle).Accepts<SubmitForm>("multipart/form-data", "application/x-www-form-urlencoded").WithMetadata(Idempotent.Route);
        write.MapPost("/tickets/{id}/reanalyze", ReadAgain.Handle);
        write.MapPost("/bulk-match", BulkMatch.Handle).WithMetadata(Idempotent.Route);
        write.MapPost("/webhooks/whatsapp", ReceiveWhatsApp.Handle).Accepts<ReceiveWhatsApp.Request>("application/json").Produces<ReceiveWhatsApp.Response>();
        write.MapPost("/v2/tickets", SubmitEnhancedTicket.Handle).Accepts<SubmitEnhancedTicket.Request>("application/json", "multipart/form-data", "application/x-www-form-urlencoded").WithMetadata(Idempotent.Route);
        write.MapPost("/v2/tickets/{id}/fields", CorrectFields.Handle);

        var inside = app.MapGroup("/internal").ServicesOnly();
        inside.MapGet("/jobs/{id:long}", TellSubmissions.OfJob);
        inside.MapGet("/tickets/{id:long}/submission", TellSubmissions.OfTicket);
        inside.MapGet("/tickets/{id:long}/text", GetOcrText.ForServices);
        inside.MapGet("/merchants/{id:long}", ListMerchants.Exists);
        inside.MapPost("/tickets/submissions", TellSubmissions.OfTickets);
        inside.MapGet("/tenants/{companyId}/export", ExportTickets.Handle);
        inside.MapPost("/tickets/bulk", TakeBulk.Handle);
        inside.MapPost("/captcha", ReadCaptcha.Handle);

        app.MapGone("/invoicing/tickets/{id}/navigate-urls", "POST /invoicing/tickets/{id}/process-robust");
        app.MapGone("/invoicing/tickets/{id}/validate-consistency", "POST /invoicing/v2/cfdi/validate");
        app.MapGone("/invoicing/tickets/{id}/create-expense", "GET /invoicing/v2/tickets/{id}");
    }

    private static void MapGone(this WebApplication app, string path, string instead) => app
        .Map(path, () => new Problem(410, "gone", $"Esta operación ya no existe; use {instead}.")).ExcludeFromDescription();

    /// <summary>The form of POST /tickets, for the documents.</summary>
    private sealed record SubmitForm(IFormFile? File, string? TextContent, int? UserId, string? CompanyId);
}
