using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/v2/limits and /v2/usage: what a company may use, and how much of it is used now.</summary>
public static class Quotas
{
    /// <param name="MaxBatchItems">Tickets of one POST /invoicing/v2/bulk.</param>
    public sealed record LimitsResponse(
        string CompanyId, int MaxConcurrentJobs, int MaxDailyJobs, string DailyLimitPolicy, int StorageQuotaMb, int CustomTimeoutSeconds, int Weight,
        int MaxBatchItems);

    public sealed record Part(long Used, long Limit);

    /// <param name="ResetsAt">Midnight in Mexico City.</param>
    public sealed record Daily(long Used, long Limit, DateTimeOffset ResetsAt);

    /// <param name="ConcurrentJobs">Jobs that hold a place among those that run.</param>
    public sealed record UsageResponse(string CompanyId, Part ConcurrentJobs, Daily DailyJobs, Part StorageBytes);

    public static async Task<LimitsResponse> Limits(string? company_id, Caller caller, TenantDirectory tenants, CancellationToken ct)
    {
        var s = await tenants.SettingsAsync(caller.TenantFor(company_id), ct);
        return new LimitsResponse(
            s.CompanyId, s.MaxConcurrentJobs, s.MaxDailyJobs, s.DailyLimitPolicy, s.StorageQuotaMb, s.CustomTimeoutSeconds, s.Weight, CreateBatch.MostItems);
    }

    public static async Task<UsageResponse> Usage(
        string? company_id, Caller caller, JobsDb db, TenantDirectory tenants, Artefacts artefacts, TimeProvider time, CancellationToken ct)
    {
        var s = await tenants.SettingsAsync(caller.TenantFor(company_id), ct);
        var today = MexicoCity.Day(time.GetUtcNow());
        var running = await db.Jobs.CountAsync(j => j.CompanyId == s.CompanyId &&
            (j.Phase == Phase.dispatched || (j.Phase == Phase.running || j.Phase == Phase.waiting || j.Phase == Phase.stopping) && !j.PersonWait), ct);
        var counted = await db.Jobs.CountAsync(j => j.CompanyId == s.CompanyId && j.CountedOn == today, ct);
        return new UsageResponse(
            s.CompanyId, new Part(running, s.MaxConcurrentJobs), new Daily(counted, s.MaxDailyJobs, MexicoCity.Midnight(today)),
            new Part(artefacts.UsedBy(s.CompanyId), s.StorageQuotaMb * Artefacts.BytesPerMb));
    }
}
