using Invoicing.Messages;

namespace Invoicing.Jobs;

/// <summary>A copy of tenant-config's limits, so that the claim statement can join them.</summary>
public sealed class TenantLimits
{
    public required string CompanyId { get; init; }
    public int MaxConcurrentJobs { get; private set; }
    public int MaxDailyJobs { get; private set; }
    public int Weight { get; private set; }
    public DateTimeOffset FetchedAt { get; private set; }

    public void Take(TenantSettings settings, DateTimeOffset now) =>
        (MaxConcurrentJobs, MaxDailyJobs, Weight, FetchedAt) = (settings.MaxConcurrentJobs, settings.MaxDailyJobs, Math.Max(1, settings.Weight), now);
}
