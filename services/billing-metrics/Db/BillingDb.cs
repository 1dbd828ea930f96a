using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Invoicing.Billing.Db;

public sealed class BillingDb(DbContextOptions<BillingDb> options) : DbContext(options)
{
    public DbSet<UsageEntry> Usage => Set<UsageEntry>();
    public DbSet<Price> Prices => Set<Price>();
    public DbSet<DailyMetrics> Metrics => Set<DailyMetrics>();
    public DbSet<ClosedMonth> ClosedMonths => Set<ClosedMonth>();
    public DbSet<Budget> Budgets => Set<Budget>();
    public DbSet<BudgetAlert> BudgetAlerts => Set<BudgetAlert>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.AddOutboxAndInbox();
        model.Entity<UsageEntry>(Describe);
        model.Entity<Price>(Describe);
        model.Entity<DailyMetrics>(Describe);
        model.Entity<ClosedMonth>().ToTable("closed_months").HasKey(m => m.Month);
        model.Entity<Budget>(Describe);
        model.Entity<BudgetAlert>(Describe);
    }

    private static void Describe(EntityTypeBuilder<UsageEntry> entry)
    {
        entry.ToTable("usage_ledger");
        entry.HasIndex(e => new { e.CompanyId, e.EventId }).IsUnique();
        entry.HasIndex(e => new { e.CompanyId, e.Date });
        entry.HasIndex(e => new { e.CompanyId, e.BilledMonth });
        entry.HasIndex(e => e.JobId);
        entry.Property(e => e.BilledMonth).ValueGeneratedOnAdd();
        var used = entry.ComplexProperty(e => e.Used);
        used.Property(u => u.OcrSeconds).HasColumnName("ocr_seconds");
        used.Property(u => u.OcrPages).HasColumnName("ocr_pages");
        used.Property(u => u.BrowserSeconds).HasColumnName("browser_seconds");
        used.Property(u => u.CaptchasSolved).HasColumnName("captchas_solved");
        used.Property(u => u.CaptchasByService).HasColumnName("captchas_by_service");
        used.Property(u => u.ModelInputTokens).HasColumnName("model_input_tokens");
        used.Property(u => u.ModelOutputTokens).HasColumnName("model_output_tokens");
        used.Property(u => u.StoredBytes).HasColumnName("stored_bytes");
        var cost = entry.ComplexProperty(e => e.Cost);
        cost.Property(c => c.Ocr).HasColumnName("cost_ocr").HasPrecision(18, 6);
        cost.Property(c => c.Browser).HasColumnName("cost_browser").HasPrecision(18, 6);
        cost.Property(c => c.Captcha).HasColumnName("cost_captcha").HasPrecision(18, 6);
        cost.Property(c => c.Model).HasColumnName("cost_model").HasPrecision(18, 6);
        cost.Property(c => c.Storage).HasColumnName("cost_storage").HasPrecision(18, 6);
    }

    private static void Describe(EntityTypeBuilder<Price> price)
    {
        price.ToTable("prices");
        price.Property(p => p.UnitPrice).HasPrecision(24, 15);
        price.HasIndex(p => new { p.Resource, p.Variant, p.ValidFrom }).IsUnique();
    }

    private static void Describe(EntityTypeBuilder<Budget> budget)
    {
        budget.ToTable("budgets").HasKey(b => b.CompanyId);
        budget.Property(b => b.Amount).HasPrecision(18, 6);
    }

    private static void Describe(EntityTypeBuilder<BudgetAlert> alert)
    {
        alert.ToTable("budget_alerts").HasKey(a => new { a.CompanyId, a.Month, a.Threshold });
        alert.Property(a => a.Amount).HasPrecision(18, 6);
        alert.Property(a => a.Spent).HasPrecision(18, 6);
    }

    private static void Describe(EntityTypeBuilder<DailyMetrics> day)
    {
        day.ToTable("automation_metrics");
        day.HasIndex(d => new { d.CompanyId, d.Date }).IsUnique().HasDatabaseName("idx_automation_metrics_company_date");
        day.Property(d => d.TotalCost).HasPrecision(18, 6);
        string[] counters = [nameof(DailyMetrics.TotalJobs), nameof(DailyMetrics.SuccessfulJobs), nameof(DailyMetrics.FailedJobs),
            nameof(DailyMetrics.TotalProcessingTimeMs), nameof(DailyMetrics.CaptchasSolved), nameof(DailyMetrics.TotalCost)];
        foreach (var counter in counters)
        {
            day.Property(counter).HasDefaultValueSql("0").ValueGeneratedNever();
        }

        day.Property(d => d.CreatedAt).HasDefaultValueSql("now()");
        day.Property(d => d.UpdatedAt).HasDefaultValueSql("now()");
    }
}
