using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>
/// Throws away what nobody will ask for again, a few rows at a time, and concludes batches whose request died while their items came in.
/// Times from configuration <c>Retention:*</c>. Rows of jobs themselves stay.
/// </summary>
public sealed class Housekeeping(IServiceScopeFactory scopes, Retention retention, TimeProvider time, ILogger<Housekeeping> log) : BackgroundService
{
    private const int AtOnce = 2000;
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await PassAsync(ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogError(e, "Housekeeping failed");
            }

            await Task.Delay(retention.Every, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PassAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await PruneAsync(db => db.Database.ExecuteSqlAsync(
            $"""
             DELETE FROM job_events WHERE ctid IN (SELECT e.ctid FROM job_events e JOIN automation_jobs j ON j.id = e.job_id
                WHERE j.phase = 'closed' AND j.completed_at < {now - retention.Events} AND e.created_at < {now - retention.Events} LIMIT {AtOnce})
             """, ct));
        await PruneAsync(db => db.Database.ExecuteSqlAsync(
            $"DELETE FROM idempotency_keys WHERE ctid IN (SELECT ctid FROM idempotency_keys WHERE created_at < {now - retention.IdempotencyKeys} LIMIT {AtOnce})", ct));
        await PruneAsync(db => db.Database.ExecuteSqlAsync(
            $"""
             DELETE FROM webhook_deliveries WHERE ctid IN (SELECT ctid FROM webhook_deliveries
                WHERE status <> 'pending' AND created_at < {now - retention.Deliveries} LIMIT {AtOnce})
             """, ct));
        await PruneAsync(db => db.Database.ExecuteSqlAsync(
            $"DELETE FROM dead_letters WHERE ctid IN (SELECT ctid FROM dead_letters WHERE status <> 'open' AND resolved_at < {now - retention.DeadLetters} LIMIT {AtOnce})", ct));
        // Learned for an invoice that never came.
        await PruneAsync(db => db.Database.ExecuteSqlAsync(
            $"DELETE FROM portal_recipes WHERE ctid IN (SELECT ctid FROM portal_recipes WHERE state = 'candidate' AND learned_at < {now - retention.DeadLetters} LIMIT {AtOnce})", ct));
        await PruneAsync(db => db.Database.ExecuteSqlAsync($"DELETE FROM workers WHERE seen_at < {now - retention.Workers}", ct));
        await ConcludeAsync(now, ct);
    }

    private async Task PruneAsync(Func<JobsDb, Task<int>> delete)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JobsDb>();
        while (await delete(db) == AtOnce)
        {
        }
    }

    /// <summary>Its tickets were accepted and run; their number is what became of them.</summary>
    private async Task ConcludeAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JobsDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var left = await db.Batches.FromSql(
            $"SELECT * FROM automation_batches WHERE accepting IS NOT NULL AND updated_at < {now - Abandoned} ORDER BY id LIMIT 20 FOR UPDATE SKIP LOCKED").ToListAsync(ct);
        foreach (var batch in left)
        {
            if (batch.Accept(await db.Jobs.CountAsync(j => j.BatchKey == batch.Id, ct), now))
            {
                db.AnnounceEnd(batch, now);
            }
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}

/// <summary>How long rows are kept; from configuration <c>Retention:*</c>.</summary>
public sealed class Retention
{
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Events of a stream, after the job's end.</summary>
    public TimeSpan Events { get; init; } = TimeSpan.FromDays(30);
    public TimeSpan IdempotencyKeys { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Webhook deliveries that are over, whatever came of them.</summary>
    public TimeSpan Deliveries { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Dead letters that were replayed or discarded.</summary>
    public TimeSpan DeadLetters { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long an erasure waits for messages and files that were on their way when it was asked for.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Browser workers not heard of.</summary>
    public TimeSpan Workers { get; init; } = TimeSpan.FromDays(1);
}
