using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Db;

internal static class InvoiceTables
{
    /// <summary>An invoice is delivered once a tenant.</summary>
    public const string OncePerTenant = "ux_cfdi_documents_company_uuid";

    public static void Configure(ModelBuilder model)
    {
        var cfdi = model.Entity<CfdiDocument>().ToTable("cfdi_documents");
        cfdi.Property(c => c.Checks).AsJson();
        cfdi.Property(c => c.Fecha).HasColumnType("timestamp without time zone");
        cfdi.HasIndex(c => new { c.CompanyId, c.Uuid }).IsUnique().HasDatabaseName(OncePerTenant);
        cfdi.HasIndex(c => c.TicketId).IsUnique();
        cfdi.HasOne<Ticket>().WithMany().HasForeignKey(c => c.TicketId).OnDelete(DeleteBehavior.Cascade);

        var attachment = model.Entity<InvoiceAttachment>().ToTable("invoice_attachments");
        attachment.Property(a => a.Checks).HasColumnName("validation_details").AsJson();
        attachment.HasIndex(a => a.TicketId);
        attachment.HasOne<Ticket>().WithMany().HasForeignKey(a => a.TicketId).OnDelete(DeleteBehavior.Cascade);
    }
}
