using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>POST /invoicing/v2/bulk/{batch_id}/cancel: what has not ended is stopped; the answer is the batch's status.</summary>
public static class CancelBatch
{
    private const int AtOnce = 500;

    /// <param name="CancelledJobs">How many this call stopped.</param>
    public sealed record Response(
        string BatchId, int TotalJobs, int CompletedJobs, int FailedJobs, int RunningJobs, int PendingJobs, string Status, IReadOnlyList<Batches.Item> Items,
        int CancelledJobs)
    {
        public static Response Of(Batches.View b, int cancelled) =>
            new(b.BatchId, b.TotalJobs, b.CompletedJobs, b.FailedJobs, b.RunningJobs, b.PendingJobs, b.Status, b.Items, cancelled);
    }

    /// <summary>In several commits, so that a large batch locks few rows at a time; repeating it finishes what was cut short.</summary>
    public static async Task<Results<Ok<Response>, Problem>> Handle(string batch_id, Caller caller, string? company_id, JobsDb db, TimeProvider time, CancellationToken ct)
    {
        if (await Batches.FindAsync(db, batch_id, caller.ScopeFor(company_id), ct) is not { } batch)
        {
            return Batches.Unknown(batch_id);
        }

        var (cancelled, last) = (0, 0L);
        if (await db.Jobs.AnyAsync(j => j.BatchKey == batch.Id && j.Phase != Phase.closed && j.Phase != Phase.stopping, ct))
        {
            await InCommitAsync(db, async () => (await db.LockBatchAsync(batch.Id, ct))!.Cancel(time.GetUtcNow()), ct);
        }

        for (var more = true; more;)
        {
            await InCommitAsync(db, async () =>
            {
                var open = await db.Jobs.FromSql(
                    $"""
                     SELECT * FROM automation_jobs WHERE batch_key = {batch.Id} AND id > {last} AND phase NOT IN ('closed', 'stopping')
                     ORDER BY id LIMIT {AtOnce} FOR UPDATE
                     """).ToListAsync(ct);
                var tickets = open.Select(j => j.TicketId).ToList();
                await db.Tickets.Where(t => tickets.Contains(t.Id)).LoadAsync(ct);
                foreach (var job in open)
                {
                    cancelled += await CommandJob.CancelAsync(db, job, time.GetUtcNow(), ct) ? 1 : 0;
                    last = job.Id;
                }

                more = open.Count == AtOnce;
            }, ct);
        }

        var after = await Batches.FindAsync(db, batch_id, batch.CompanyId, ct);
        return TypedResults.Ok(Response.Of(await Batches.ViewAsync(db, after!, ct), cancelled));
    }

    private static async Task InCommitAsync(JobsDb db, Func<Task> work, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Looking for changes again with each job would make the work grow with the square of their number.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await work();
        await db.CopyAddedAsync<JobEvent>(ct);
        await db.CopyAddedAsync<WebhookDelivery>(ct);
        await db.CopyAddedAsync<OutboxMessage>(ct);
        db.ChangeTracker.AutoDetectChangesEnabled = true;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
    }
}
