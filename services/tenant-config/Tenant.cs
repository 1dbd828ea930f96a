namespace Invoicing.Tenants;

/// <summary>A company's limits and settings. A company without a row has the defaults of a new one.</summary>
public sealed class Tenant
{
    public long Id { get; private set; }
    public required string CompanyId { get; init; }
    public int MaxConcurrentJobs { get; private set; } = 3;
    public int MaxDailyJobs { get; private set; } = 100;
    public int StorageQuotaMb { get; private set; } = 1000;
    public string? WebhookUrl { get; private set; }
    public int CustomTimeoutSeconds { get; private set; } = 300;

    /// <summary>Share of the workers against other tenants when there is not enough for all.</summary>
    public int Weight { get; private set; } = 1;

    /// <summary><c>wait</c>: over the daily limit jobs wait for the next day. <c>reject</c>: they are refused.</summary>
    public string DailyLimitPolicy { get; private set; } = "wait";

    /// <summary>Days after which tickets and all that belongs to them are deleted; null keeps them.</summary>
    public int? RetentionDays { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The row's version in the database, whoever wrote it; the ETag.</summary>
    public uint Version { get; private set; }

    public string ETag => $"\"{Version}\"";

    public static Tenant New(string companyId, DateTimeOffset now) => new() { CompanyId = companyId, CreatedAt = now, UpdatedAt = now };

    /// <summary>True when the change moves a number that only the platform may move.</summary>
    public bool IsLimited(TenantChange change) =>
        Moves(change.MaxConcurrentJobs, MaxConcurrentJobs) || Moves(change.MaxDailyJobs, MaxDailyJobs)
        || Moves(change.StorageQuotaMb, StorageQuotaMb) || Moves(change.Weight, Weight);

    /// <summary>Takes over what is given and leaves the rest. An empty <see cref="TenantChange.WebhookUrl"/> removes it, 0 days too.</summary>
    public void Change(TenantChange change, DateTimeOffset now)
    {
        MaxConcurrentJobs = change.MaxConcurrentJobs ?? MaxConcurrentJobs;
        MaxDailyJobs = change.MaxDailyJobs ?? MaxDailyJobs;
        StorageQuotaMb = change.StorageQuotaMb ?? StorageQuotaMb;
        Weight = change.Weight ?? Weight;
        CustomTimeoutSeconds = change.CustomTimeoutSeconds ?? CustomTimeoutSeconds;
        DailyLimitPolicy = change.DailyLimitPolicy ?? DailyLimitPolicy;
        WebhookUrl = change.WebhookUrl is null ? WebhookUrl : change.WebhookUrl.Length == 0 ? null : change.WebhookUrl;
        RetentionDays = change.RetentionDays is null ? RetentionDays : change.RetentionDays == 0 ? null : change.RetentionDays;
        UpdatedAt = now;
    }

    /// <summary>What a tenant's people wrote here is taken away; limits stay.</summary>
    public void Forget(DateTimeOffset now) => (WebhookUrl, UpdatedAt) = (null, now);

    private static bool Moves(int? wanted, int current) => wanted is { } value && value != current;
}

/// <summary>What a caller wants changed; null leaves it as it is. Bounds are those of <see cref="Endpoints.PutTenant.Request"/>.</summary>
public sealed record TenantChange(
    int? MaxConcurrentJobs, int? MaxDailyJobs, int? StorageQuotaMb, string? WebhookUrl, int? CustomTimeoutSeconds, int? Weight,
    string? DailyLimitPolicy, int? RetentionDays = null);
