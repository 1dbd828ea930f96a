using Invoicing.Fiscal;

namespace Invoicing.Tickets.Endpoints;

public static class InvoiceRoutes
{
    public static void MapInvoices(this WebApplication app)
    {
        var read = app.MapGroup("/invoicing").Requires(Permission.read_tickets).WithTags("invoices");
        read.MapGet("/tickets/{id}/invoice-status", GetInvoiceStatus.Handle);
        read.MapGet("/attachments/{id}/download", GetTicketFile.Attachment);
        read.MapGet("/v2/tickets/{id}/invoice.xml", GetTicketFile.Xml);
        read.MapGet("/v2/tickets/{id}/invoice.pdf", GetTicketFile.Pdf);
        read.MapGet("/v2/inbox", GetMailbox.Handle);

        var write = app.MapGroup("/invoicing").Requires(Permission.write_tickets).WithTags("invoices");
        write.MapPost("/tickets/{id}/upload-invoice", UploadInvoice.Handle).Accepts<UploadForm>("multipart/form-data").Produces<UploadInvoice.Response>().WithMetadata(Idempotent.Route);
        write.MapPost("/v2/inbox", ReceiveMail.Handle).Accepts<string>("message/rfc822", "*/*").WithMetadata(Idempotent.Route);

        // Clients call XML, mail and certificates many names: what the bytes are decides.
        var anyone = app.MapGroup("/invoicing/v2").WithTags("fiscal");
        anyone.MapPost("/cfdi/validate", ValidateCfdi.Handle).Accepts<string>("application/xml", "multipart/form-data", "*/*");
        anyone.MapGet("/fiscal/rfc/{rfc}", InspectRfc.Handle);
        anyone.MapPost("/admin/pac-certificates", TrustPac.Handle).Accepts<string>("application/x-pem-file", "application/pkix-cert", "*/*").Produces<TrustPac.Response>();
    }

    /// <summary>The form of upload-invoice, for the documents.</summary>
    private sealed record UploadForm(IFormFile File, string FileType);
}
