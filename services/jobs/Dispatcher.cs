using System.Globalization;
using Invoicing.Jobs.Db;
using Invoicing.Messages;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>
/// Hands out only as many attempts as workers have free slots, so that every rule holds for the next pick. Any number of replicas may run it.
/// </summary>
public sealed class Dispatcher(
    IServiceScopeFactory scopes, JobNotices notices, Patience patience, TimeProvider time, ILogger<Dispatcher> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>Where much is going on, one pass hands out what several changes have made ready.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(10);

    /// <summary>Telling jobs that their tenant's day is spent must not keep waiting what can go now.</summary>
    protected override Task ExecuteAsync(CancellationToken ct) => Task.WhenAll(HandOutAsync(ct), HoldSpentAsync(ct));

    private async Task HandOutAsync(CancellationToken ct)
    {
        using var news = notices.On(notice => notice.AtRest);
        var checkedAt = time.GetTimestamp() - time.TimestampFrequency;
        while (!ct.IsCancellationRequested)
        {
            await TryAsync(async () =>
            {
                var handed = await DispatchAllAsync(ct);
                // A tenant whose limits are not known waits for them; so does nobody else. While work goes out, a look a second is enough.
                if (handed == 0 || time.GetElapsedTime(checkedAt) >= Poll)
                {
                    checkedAt = time.GetTimestamp();
                    handed += await RefreshLimitsAsync(ct) > 0 ? await DispatchAllAsync(ct) : 0;
                }

                await Task.Delay(handed > 1 ? Gather : TimeSpan.Zero, ct);
                await news.WaitAsync(Poll, ct);
            }, ct);
        }
    }

    private async Task HoldSpentAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await TryAsync(async () =>
            {
                await HoldAsync(ct);
                await Task.Delay(Poll, ct);
            }, ct);
        }
    }

    private async Task TryAsync(Func<Task> pass, CancellationToken ct)
    {
        try
        {
            await pass();
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError(e, "Dispatch pass failed");
            await Task.Delay(Poll, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private async Task<int> DispatchAllAsync(CancellationToken ct)
    {
        for (var handed = 0; ;)
        {
            var (count, more) = await DispatchAsync(ct);
            handed += count;
            if (!more)
            {
                return handed;
            }
        }
    }

    private async Task<(int Handed, bool More)> DispatchAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JobsDb>();
        var attempts = scope.ServiceProvider.GetRequiredService<Attempts>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = time.GetUtcNow();
        var (picked, more) = await db.ClaimAsync(MexicoCity.Day(now), patience.PerHost, now, ct);
        picked.ForEach(j => j.Dispatch(MexicoCity.Day(now), now));
        foreach (var (job, run) in picked.Zip(await attempts.ComposeAsync(picked, ct)))
        {
            using var span = Telemetry.Continue("dispatch", job.TraceParent);
            db.Publish(run, now);
            await db.RecordAsync(job, now, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Measures.Dispatched(picked.Count);
        return (picked.Count, more);
    }

    /// <returns>How many tenants' limits were stored.</returns>
    private async Task<int> RefreshLimitsAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JobsDb>();
        var tenants = scope.ServiceProvider.GetRequiredService<TenantDirectory>();
        var now = time.GetUtcNow();
        var stale = await db.Jobs.Where(j => j.Phase == Phase.queued || j.Phase == Phase.awaiting_files).Select(j => j.CompanyId).Distinct()
            .Where(c => !db.TenantLimits.Any(l => l.CompanyId == c && l.FetchedAt > now - TenantMemory.Fresh)).Take(100).ToListAsync(ct);
        foreach (var (company, settings) in stale.Zip(await Task.WhenAll(stale.Select(c => tenants.SettingsAsync(c, ct)))))
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                 INSERT INTO tenant_limits (company_id, max_concurrent_jobs, max_daily_jobs, weight, fetched_at)
                 VALUES ({company}, {settings.MaxConcurrentJobs}, {settings.MaxDailyJobs}, {Math.Max(1, settings.Weight)}, {now})
                 ON CONFLICT (company_id) DO UPDATE SET max_concurrent_jobs = excluded.max_concurrent_jobs,
                    max_daily_jobs = excluded.max_daily_jobs, weight = excluded.weight, fetched_at = excluded.fetched_at
                 """, ct);
        }

        return stale.Count;
    }

    /// <summary>Jobs over their tenant's daily limit say so, once.</summary>
    private async Task HoldAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JobsDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = time.GetUtcNow();
        var held = await db.Jobs.FromSql(
            $"""
             WITH spent AS (
                SELECT q.company_id FROM (SELECT DISTINCT company_id FROM automation_jobs WHERE phase = 'queued' AND next_attempt_at <= {now}) q
                JOIN tenant_limits l ON l.company_id = q.company_id
                WHERE (SELECT count(*) FROM automation_jobs d WHERE d.company_id = q.company_id AND d.counted_on = {MexicoCity.Day(now)})
                    >= l.max_daily_jobs)
             SELECT j.* FROM automation_jobs j JOIN spent s ON s.company_id = j.company_id
             WHERE j.phase = 'queued' AND j.next_attempt_at <= {now} AND j.counted_on IS NULL AND j.held_reason IS DISTINCT FROM {AutomationJob.DailyLimit}
             ORDER BY j.rank_at LIMIT 200 FOR UPDATE OF j SKIP LOCKED
             """).ToListAsync(ct);
        foreach (var job in held.Where(j => j.HoldForTheDay()))
        {
            await db.RecordAsync(job, now, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}

/// <summary>The calendar that limits and windows go by.</summary>
public static class MexicoCity
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Mexico_City");

    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    /// <summary>For people: dd/MM/yyyy HH:mm, the clock named.</summary>
    public static string Say(DateTimeOffset at) => $"{TimeZoneInfo.ConvertTime(at, Zone).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture)} (hora del centro de México)";

    /// <summary>When the day after this one begins.</summary>
    public static DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
