using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Invoicing.Jobs.Db;

public sealed class JobsDb : DbContext
{
    public const string JobIds = "automation_job_ids";

    /// <summary>Nobody here goes on in a transaction whose save failed: a savepoint before each would be one more trip to the server for nothing.</summary>
    public JobsDb(DbContextOptions<JobsDb> options) : base(options) => Database.AutoSavepointsEnabled = false;

    public DbSet<AutomationJob> Jobs => Set<AutomationJob>();
    public DbSet<TicketReference> Tickets => Set<TicketReference>();
    public DbSet<JobStep> Steps => Set<JobStep>();
    public DbSet<Screenshot> Screenshots => Set<Screenshot>();
    public DbSet<JobFile> Files => Set<JobFile>();
    public DbSet<JobEvent> Events => Set<JobEvent>();
    public DbSet<Intervention> Interventions => Set<Intervention>();
    public DbSet<Batch> Batches => Set<Batch>();
    public DbSet<Worker> Workers => Set<Worker>();
    public DbSet<WorkerAddress> WorkerAddresses => Set<WorkerAddress>();
    public DbSet<Portal> Portals => Set<Portal>();
    public DbSet<PortalRecipe> Recipes => Set<PortalRecipe>();
    public DbSet<TenantLimits> TenantLimits => Set<TenantLimits>();
    public DbSet<WebhookDelivery> Deliveries => Set<WebhookDelivery>();
    public DbSet<GoneReceiver> GoneReceivers => Set<GoneReceiver>();
    public DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();
    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasSequence<long>(JobIds).StartsAt(1).IncrementsBy(2);
        Tables.Tickets(model.Entity<TicketReference>());
        Tables.Jobs(model.Entity<AutomationJob>());
        Tables.Steps(model.Entity<JobStep>());
        Tables.Screenshots(model.Entity<Screenshot>());
        Tables.Interventions(model.Entity<Intervention>());
        Tables.Batches(model.Entity<Batch>());
        Tables.OfJob(model.Entity<JobFile>(), "automation_files").HasKey(f => f.Id);
        Tables.OfJob(model.Entity<JobEvent>(), "job_events").HasKey(e => new { e.JobId, e.Seq });
        model.Entity<JobEvent>().Property(e => e.Data).HasColumnType("jsonb");
        model.Entity<Worker>().ToTable("workers").HasKey(w => w.Id);
        Tables.WorkerAddresses(model.Entity<WorkerAddress>());
        model.Entity<Portal>().ToTable("portals").HasKey(p => p.Host);
        Tables.Recipes(model.Entity<PortalRecipe>());
        model.Entity<TenantLimits>().ToTable("tenant_limits").HasKey(l => l.CompanyId);
        Tables.Deliveries(model.Entity<WebhookDelivery>());
        model.Entity<GoneReceiver>().ToTable("webhook_gone_receivers").HasKey(g => new { g.CompanyId, g.Url });
        Tables.DeadLetters(model.Entity<DeadLetter>());
        var keys = model.Entity<IdempotencyKey>().ToTable("idempotency_keys");
        keys.HasKey(k => new { k.Scope, k.Key });
        keys.HasIndex(k => k.CreatedAt);
        model.AddOutboxAndInbox();
    }
}

internal static class Tables
{
    public static void Tickets(EntityTypeBuilder<TicketReference> ticket)
    {
        ticket.ToTable("tickets").HasKey(t => t.Id);
        ticket.Property(t => t.Id).ValueGeneratedNever();
        ticket.Property(t => t.Submission).IsJson();
        ticket.Property(t => t.Reading).IsJson();
        ticket.HasIndex(t => t.CompanyId);
    }

    public static void Jobs(EntityTypeBuilder<AutomationJob> job)
    {
        job.ToTable("automation_jobs", t =>
        {
            t.HasCheckConstraint("ck_automation_jobs_estado", "estado IN ('pendiente','en_progreso','completado','fallido','cancelado','pausado')");
            t.HasCheckConstraint("ck_automation_jobs_priority", "priority IN ('baja','normal','alta','urgente')");
            t.HasCheckConstraint("ck_automation_jobs_counts", "retry_count >= 0 AND max_retries >= 0 AND progress_percentage BETWEEN 0 AND 100");
        });
        job.HasKey(j => j.Id);
        job.Property(j => j.Id).ValueGeneratedNever();
        job.HasOne<TicketReference>().WithMany().HasForeignKey(j => j.TicketId).OnDelete(DeleteBehavior.Cascade);
        job.HasOne<Batch>().WithMany().HasForeignKey(j => j.BatchKey).OnDelete(DeleteBehavior.SetNull);
        job.Property(j => j.Phase).HasConversion<string>();
        job.Property(j => j.Estado).HasConversion<string>();
        job.Property(j => j.Priority).HasConversion<string>().HasDefaultValue(Priority.normal).HasSentinel((Priority)(-1));
        job.Property(j => j.Config).HasColumnType("jsonb");
        job.Property(j => j.AlternativeUrls).IsJson();
        job.Property(j => j.Answers).IsJson();
        job.Property(j => j.DownloadedFiles).IsJson();
        job.Property(j => j.ServicesUsed).IsJson();
        job.Property(j => j.CostBreakdown).IsJson();
        job.Property(j => j.Usage).IsJson();
        job.Property(j => j.Verification).IsJson();
        job.HasIndex(j => new { j.CompanyId, j.RankAt, j.Id }).HasFilter("phase IN ('queued', 'awaiting_files')").HasDatabaseName("ix_automation_jobs_queue");
        job.HasIndex(j => j.Phase).HasFilter("phase <> 'closed'").HasDatabaseName("ix_automation_jobs_open");
        job.HasIndex(j => new { j.CompanyId, j.CountedOn });
        job.HasIndex(j => new { j.CompanyId, j.DispatchedAt });
        job.HasIndex(j => new { j.CompanyId, j.CreatedAt, j.Id });
        job.HasIndex(j => new { j.CompanyId, j.CompletedAt });
        job.HasIndex(j => new { j.CreatedAt, j.Id });
        job.HasIndex(j => new { j.TicketId, j.CreatedAt });
        job.HasIndex(j => j.BatchKey);
    }

    public static void Steps(EntityTypeBuilder<JobStep> step)
    {
        OfJob(step, "automation_logs").HasKey(s => s.Id);
        step.ToTable(t =>
        {
            t.HasCheckConstraint("ck_automation_logs_level", "level IN ('debug','info','warning','error','critical')");
            t.HasCheckConstraint("ck_automation_logs_category", "category IN ('navigation','ocr','captcha','form_fill','download','validation')");
        });
        step.HasOne(s => s.Screenshot).WithMany().HasForeignKey(s => s.ScreenshotId).OnDelete(DeleteBehavior.SetNull);
        step.HasIndex(s => new { s.JobId, s.StepNumber }).IsUnique();
    }

    public static void Screenshots(EntityTypeBuilder<Screenshot> shot)
    {
        OfJob(shot, "automation_screenshots").HasKey(s => s.Id);
        shot.ToTable(t => t.HasCheckConstraint("ck_automation_screenshots_type", "screenshot_type IN ('step','error','success','captcha','manual')"));
        shot.HasIndex(s => new { s.JobId, s.CreatedAt });
    }

    public static void Interventions(EntityTypeBuilder<Intervention> asked)
    {
        OfJob(asked, "interventions").HasKey(i => i.Id);
        asked.Property(i => i.Status).HasConversion<string>();
        asked.Property(i => i.Options).IsJson();
        asked.HasOne(i => i.Image).WithMany().HasForeignKey(i => i.ImageId).OnDelete(DeleteBehavior.SetNull);
        asked.HasOne(i => i.Page).WithMany().HasForeignKey(i => i.PageId).OnDelete(DeleteBehavior.SetNull);
        asked.HasIndex(i => new { i.CompanyId, i.Status, i.CreatedAt });
        asked.HasIndex(i => i.ExpiresAt).HasFilter("status = 'open'");
    }

    public static void Batches(EntityTypeBuilder<Batch> batch)
    {
        batch.ToTable("automation_batches").HasKey(b => b.Id);
        batch.Property(b => b.Status).HasConversion<string>();
        batch.HasIndex(b => new { b.CompanyId, b.BatchId }).IsUnique();
        batch.HasIndex(b => new { b.Status, b.CreatedAt });
    }

    public static void WorkerAddresses(EntityTypeBuilder<WorkerAddress> found)
    {
        found.ToTable("worker_addresses").HasKey(w => w.WorkerId);
        found.HasOne<Worker>().WithOne().HasForeignKey<WorkerAddress>(w => w.WorkerId).OnDelete(DeleteBehavior.Cascade);
    }

    public static void Recipes(EntityTypeBuilder<PortalRecipe> recipe)
    {
        recipe.ToTable("portal_recipes").HasKey(r => r.Id);
        recipe.Property(r => r.State).HasConversion<string>();
        recipe.HasIndex(r => r.Host).IsUnique().HasFilter("state = 'current'").HasDatabaseName("ix_portal_recipes_current");
        recipe.HasIndex(r => new { r.Host, r.Version });
        recipe.HasIndex(r => r.JobId).HasFilter("state = 'candidate'").HasDatabaseName("ix_portal_recipes_candidates");
    }

    public static void Deliveries(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        delivery.ToTable("webhook_deliveries", t => t.HasCheckConstraint("ck_webhook_deliveries_status", "status IN ('pending','delivered','failed','disabled')"));
        delivery.HasKey(d => d.Id);
        delivery.Property(d => d.Status).HasConversion<string>();
        delivery.HasIndex(d => d.NextAttemptAt).HasFilter("status = 'pending'");
        delivery.HasIndex(d => new { d.CompanyId, d.CreatedAt, d.Id });
        delivery.HasIndex(d => d.CreatedAt);
    }

    public static void DeadLetters(EntityTypeBuilder<DeadLetter> letter)
    {
        letter.ToTable("dead_letters", t => t.HasCheckConstraint("ck_dead_letters_status", "status IN ('open','replayed','discarded')"));
        letter.HasKey(l => l.Id);
        letter.Property(l => l.Status).HasConversion<string>();
        letter.HasIndex(l => new { l.Queue, l.MessageId }).IsUnique();
        letter.HasIndex(l => new { l.Status, l.LastAt });
    }

    /// <summary>Rows that go with their job. The key named <c>JobId</c> is a column of every one.</summary>
    public static EntityTypeBuilder<T> OfJob<T>(EntityTypeBuilder<T> rows, string table) where T : class
    {
        rows.ToTable(table);
        rows.HasOne<AutomationJob>().WithMany().HasForeignKey("JobId").OnDelete(DeleteBehavior.Cascade);
        return rows;
    }
}
