using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Invoicing.Tickets.Db;

public sealed class TicketsDb(DbContextOptions<TicketsDb> options) : DbContext(options)
{
    public DbSet<Ticket> Tickets => Set<Ticket>();
    public DbSet<Merchant> Merchants => Set<Merchant>();
    public DbSet<CfdiDocument> Cfdis => Set<CfdiDocument>();
    public DbSet<InvoiceAttachment> Attachments => Set<InvoiceAttachment>();
    public DbSet<Mailbox> Mailboxes => Set<Mailbox>();
    public DbSet<PacCertificate> PacCertificates => Set<PacCertificate>();

    /// <summary>Ids for new tickets and their jobs. Job numbers here are even; the jobs service draws odd ones.</summary>
    public async Task<IReadOnlyList<Numbers>> DrawNumbersAsync(int count, CancellationToken ct) => await Database
        .SqlQuery<Numbers>($"SELECT nextval('ticket_numbers') AS ticket, nextval('job_numbers') AS job FROM generate_series(1, {count})").ToListAsync(ct);

    /// <summary>The ticket with its row locked until the transaction ends: two messages about one ticket take turns.</summary>
    public Task<Ticket?> LockTicketAsync(long id, CancellationToken ct) =>
        Tickets.FromSql($"SELECT * FROM tickets WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct);

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<string>().HaveConversion<PlainText>();
        configuration.Properties<decimal>().HavePrecision(18, 6);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasSequence<long>("ticket_numbers");
        model.HasSequence<long>("job_numbers").StartsAt(2).IncrementsBy(2);
        TicketTable.Configure(model.Entity<Ticket>());
        InvoiceTables.Configure(model);

        var merchant = model.Entity<Merchant>().ToTable("merchants", t => t.HasCheckConstraint("ck_merchants_metodo", "metodo_facturacion IN ('portal','email','api')"));
        merchant.Property(m => m.MetodoFacturacion).HasConversion<string>();
        merchant.Property(m => m.Metadata).AsJsonText();
        merchant.Property(m => m.Version).HasColumnName("xmin").IsRowVersion();
        merchant.HasIndex(m => new { m.CompanyId, m.Nombre });

        model.Entity<PacCertificate>().ToTable("pac_certificates").HasKey(c => c.Serial);

        model.Entity<Mailbox>().ToTable("mailboxes").HasKey(m => m.CompanyId);

        model.AddIdempotency();
        model.AddOutboxAndInbox();
        model.Entity<OutboxMessage>().Property(m => m.Body).AsMessageText();
    }
}

/// <summary>One ticket's id and the id of its job, should it get one.</summary>
public sealed record Numbers(long Ticket, long Job);
