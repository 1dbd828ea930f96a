using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Invoicing.Tenants.Db;

public sealed class TenantsDb(DbContextOptions<TenantsDb> options) : DbContext(options)
{
    public DbSet<Tenant> Tenants => Set<Tenant>();
    public DbSet<FeatureFlag> FeatureFlags => Set<FeatureFlag>();
    public DbSet<FeatureAssignment> FeatureAssignments => Set<FeatureAssignment>();
    public DbSet<FiscalProfile> FiscalProfiles => Set<FiscalProfile>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<PortalCredential> PortalCredentials => Set<PortalCredential>();
    public DbSet<ServiceSecret> ServiceSecrets => Set<ServiceSecret>();
    public DbSet<WebhookSecret> WebhookSecrets => Set<WebhookSecret>();
    public DbSet<KeyActivation> KeyActivations => Set<KeyActivation>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.UseOpenIddict();
        model.AddOutboxAndInbox();
        model.AddIdempotency();
        model.Entity<Tenant>(Describe);
        model.Entity<FeatureFlag>(Describe);
        model.Entity<FeatureAssignment>().ToTable("feature_assignments").HasKey(a => new { a.CompanyId, a.FeatureName });
        model.Entity<FiscalProfile>(Describe);
        model.Entity<ApiKey>(Describe);
        model.Entity<PortalCredential>(Describe);
        model.Entity<ServiceSecret>(Describe);
        model.Entity<WebhookSecret>(Describe);
        model.Entity<KeyActivation>().ToTable("key_activations");
        model.Entity<AuditEntry>(Describe);
        model.Entity<RateWindow>().ToTable("rate_windows").HasKey(w => new { w.Bucket, w.Policy });
    }

    private static void Describe(EntityTypeBuilder<Tenant> tenant)
    {
        tenant.ToTable("tenant_config", t => t.HasCheckConstraint("tenant_config_daily_limit_policy", "daily_limit_policy IN ('wait', 'reject')"));
        tenant.HasIndex(t => t.CompanyId).IsUnique().HasDatabaseName("idx_tenant_config_company");
        Defaults(tenant, ("MaxConcurrentJobs", "3"), ("MaxDailyJobs", "100"), ("StorageQuotaMb", "1000"), ("CustomTimeoutSeconds", "300"), ("Weight", "1"),
            ("DailyLimitPolicy", "'wait'"), ("CreatedAt", "now()"), ("UpdatedAt", "now()"));
        tenant.Property(t => t.Version).HasColumnName("xmin").IsRowVersion();
    }

    // The columns come in the order in which operators write their INSERT without naming them.
    private static void Describe(EntityTypeBuilder<FeatureFlag> flag)
    {
        flag.ToTable("feature_flags", t =>
        {
            t.HasCheckConstraint("feature_flags_enabled", "enabled IN (0, 1)");
            t.HasCheckConstraint("feature_flags_rollout", "rollout_percentage BETWEEN 0 AND 100");
        });
        flag.HasKey(f => new { f.CompanyId, f.FeatureName });
        flag.HasIndex(f => f.CompanyId).HasDatabaseName("idx_feature_flags_company");
        flag.Property(f => f.CompanyId).HasColumnOrder(0);
        flag.Property(f => f.FeatureName).HasColumnOrder(1);
        flag.Property(f => f.Enabled).HasColumnOrder(2).HasConversion<short>().HasColumnType("smallint");
        flag.Property(f => f.Config).HasColumnOrder(3).HasColumnType("jsonb");
        flag.Property(f => f.RolloutPercentage).HasColumnOrder(4);
        flag.Property(f => f.Variants).HasColumnOrder(5).HasColumnType("jsonb");
        flag.Property(f => f.CreatedAt).HasColumnOrder(6);
        flag.Property(f => f.UpdatedAt).HasColumnOrder(7);
        Defaults(flag, ("Enabled", "1"), ("RolloutPercentage", "100"), ("CreatedAt", "now()"), ("UpdatedAt", "now()"));
        flag.Ignore(f => f.VariantList);
    }

    private static void Describe(EntityTypeBuilder<FiscalProfile> profile)
    {
        profile.ToTable("fiscal_profiles");
        profile.HasIndex(p => p.CompanyId);
        profile.HasIndex(p => p.CompanyId, "fiscal_profiles_one_default").IsUnique().HasFilter("is_default");
    }

    private static void Describe(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("api_keys");
        key.HasIndex(k => k.Hash).IsUnique();
        key.HasIndex(k => new { k.CompanyId, k.Name });
    }

    private static void Describe(EntityTypeBuilder<PortalCredential> credential)
    {
        credential.ToTable("portal_credentials").HasKey(c => new { c.CompanyId, c.MerchantId });
        Columns(credential.ComplexProperty(c => c.Secret));
    }

    private static void Describe(EntityTypeBuilder<ServiceSecret> secret)
    {
        secret.ToTable("service_secrets").HasKey(s => new { s.CompanyId, s.Name });
        Columns(secret.ComplexProperty(s => s.Secret));
    }

    private static void Describe(EntityTypeBuilder<WebhookSecret> secret)
    {
        secret.ToTable("webhook_secrets");
        Columns(secret.ComplexProperty(s => s.Secret));
        secret.HasIndex(s => s.CompanyId, "webhook_secrets_one_current").IsUnique().HasFilter("valid_until IS NULL");
    }

    private static void Describe(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("audit_log").HasKey(e => e.Sequence);
        entry.Property(e => e.Sequence).ValueGeneratedNever();
        // json, not jsonb: the hash is over the text as it was written.
        entry.Property(e => e.Before).HasColumnType("json");
        entry.Property(e => e.After).HasColumnType("json");
        entry.HasIndex(e => new { e.CompanyId, e.Sequence });
    }

    private static void Columns(ComplexPropertyBuilder<Envelope> envelope)
    {
        envelope.Property(e => e.KeyId).HasColumnName("key_id");
        envelope.Property(e => e.WrappedKey).HasColumnName("wrapped_key");
        envelope.Property(e => e.Sealed).HasColumnName("sealed");
    }

    /// <summary>Defaults for rows that operators write; our own inserts always say every value.</summary>
    private static void Defaults(EntityTypeBuilder entity, params (string Property, string Sql)[] defaults)
    {
        foreach (var (property, sql) in defaults)
        {
            entity.Property(property).HasDefaultValueSql(sql).ValueGeneratedNever();
        }
    }
}
