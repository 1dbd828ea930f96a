namespace Invoicing.Client;

/// <summary>Companies: their limits, and which features they have.</summary>
public sealed class Tenants
{
    private readonly Transport api;

    internal Tenants(Transport api) => this.api = api;

    public Task<Tenant> GetAsync(string companyId, CancellationToken ct = default) => api.GetAsync<Tenant>(Path(companyId), ct);

    /// <summary>Changes what is given. Another's change in between is not overwritten: <see cref="ApiException"/> with status 412.</summary>
    public async Task<Tenant> ChangeAsync(string companyId, TenantChange change, CancellationToken ct = default)
    {
        string? etag;
        using (var current = await api.SendAsync(HttpMethod.Get, Path(companyId), null, ct))
        {
            etag = current.Headers.ETag?.ToString();
        }

        return await api.PutAsync<Tenant>(Path(companyId), change, etag, ct);
    }

    /// <summary>For platform administrators.</summary>
    public Task<Tenant> CreateAsync(string companyId, TenantChange limits, CancellationToken ct = default) => api.PutAsync<Tenant>(Path(companyId), limits, null, ct);

    public Task<IReadOnlyList<Feature>> FeaturesAsync(string companyId, CancellationToken ct = default) => api.GetAsync<IReadOnlyList<Feature>>($"{Path(companyId)}/features", ct);

    private static string Path(string companyId) => $"/invoicing/v2/tenants/{Uri.EscapeDataString(companyId)}";
}

public sealed record Tenant(
    string CompanyId, int MaxConcurrentJobs, int MaxDailyJobs, int StorageQuotaMb, string? WebhookUrl, int CustomTimeoutSeconds, int Weight, string DailyLimitPolicy,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>What is left out stays as it is.</summary>
public sealed record TenantChange
{
    public int? MaxConcurrentJobs { get; init; }

    public int? MaxDailyJobs { get; init; }

    public int? StorageQuotaMb { get; init; }

    public string? WebhookUrl { get; init; }

    public int? CustomTimeoutSeconds { get; init; }

    public int? Weight { get; init; }

    /// <summary>wait, reject</summary>
    public string? DailyLimitPolicy { get; init; }
}

public sealed record Feature(string FeatureName, bool Enabled, int RolloutPercentage, FeatureEvaluation Evaluation);

public sealed record FeatureEvaluation(bool Enabled, string? Variant, string Reason);
