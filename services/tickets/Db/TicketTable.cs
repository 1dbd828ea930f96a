using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Invoicing.Tickets.Db;

/// <summary>Table <c>tickets</c>; columns of the replaced system keep their names.</summary>
internal static class TicketTable
{
    /// <summary>One WhatsApp message is one ticket.</summary>
    public const string OncePerMessage = "ux_tickets_whatsapp_message";

    public static void Configure(EntityTypeBuilder<Ticket> ticket)
    {
        ticket.ToTable("tickets", t =>
        {
            t.HasCheckConstraint("ck_tickets_tipo", "tipo IN ('imagen','pdf','texto','voz')");
            t.HasCheckConstraint("ck_tickets_estado", "estado IN ('pendiente','procesando','completado','fallido')");
            t.HasCheckConstraint("ck_tickets_priority", "priority IN ('baja','normal','alta','urgente')");
        });
        ticket.Property(t => t.Id).HasDefaultValueSql("nextval('ticket_numbers')");
        ticket.Property(t => t.CompanyId).HasDefaultValue("default");
        ticket.Property(t => t.Tipo).HasConversion<string>();
        ticket.Property(t => t.Estado).HasConversion<string>().HasDefaultValue(Estado.pendiente).HasSentinel((Estado)(-1));
        ticket.Property(t => t.Priority).HasConversion<string>().HasDefaultValue(Priority.normal).HasSentinel((Priority)(-1));
        ticket.Property(t => t.AutomationStatus).HasDefaultValue(AutomationStatus.Pendiente);
        ticket.Property(t => t.InvoiceStatus).HasDefaultValue("pendiente");
        ticket.Property(t => t.Total).HasPrecision(18, 2);
        Json(ticket);
        Indexes(ticket);
    }

    private static void Json(EntityTypeBuilder<Ticket> ticket)
    {
        ticket.Property(t => t.Options).HasColumnName("submit_options").AsJson();
        ticket.Property(t => t.LlmAnalysis).AsJson();
        ticket.Property(t => t.InvoiceData).AsJson();
        ticket.Property(t => t.ExtractedFields).AsJson();
        ticket.Property(t => t.FieldConfidence).AsJson();
        ticket.Property(t => t.Corrections).AsJson();
        ticket.Property(t => t.CostBreakdown).AsJson();
        ticket.Property(t => t.ReadUrls).AsJson();
        ticket.Property(t => t.ReadCodes).AsJson();
        ticket.Property(t => t.PrintedWindow).AsJson();
        ticket.Property(t => t.FieldPlaces).HasDefaultValueSql("'{}'").AsJson();
        ticket.Property(t => t.Alternatives).HasColumnName("field_alternatives").AsJson();
    }

    private static void Indexes(EntityTypeBuilder<Ticket> ticket)
    {
        ticket.HasIndex(t => new { t.CompanyId, t.CreatedAt, t.Id }).IsDescending(false, true, true);
        ticket.HasIndex(t => new { t.CompanyId, t.Estado });
        ticket.HasIndex(t => t.JobId);
        ticket.HasIndex(t => new { t.CompanyId, t.FileSha256 }).HasFilter("file_sha256 IS NOT NULL");
        ticket.HasIndex(t => new { t.CompanyId, t.Total }).HasFilter("invoice_uuid IS NULL").HasDatabaseName("ix_tickets_waiting_total");
        ticket.HasIndex(t => new { t.CompanyId, t.WhatsappMessageId }).IsUnique().HasDatabaseName(OncePerMessage);
    }
}
