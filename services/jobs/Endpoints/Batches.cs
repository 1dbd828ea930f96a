using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/v2/bulk/{batch_id}/status and POST …/cancel.</summary>
public static class Batches
{
    private const int AtOnce = 500;

    public sealed record Item(int Index, string? Key, long TicketId, long JobId, string Status, string? Outcome, string? Code, string? Detail);

    public sealed record View(
        string BatchId, int TotalJobs, int CompletedJobs, int FailedJobs, int RunningJobs, int PendingJobs, string Status, IReadOnlyList<Item> Items);

    /// <summary>What a webhook tells of a batch: its status without the items.</summary>
    public sealed record Summary(
        string BatchId, string CompanyId, int TotalJobs, int CompletedJobs, int FailedJobs, int RunningJobs, int PendingJobs, string Status, string StatusUrl)
    {
        public static Summary Of(Batch b) => new(
            b.BatchId, b.CompanyId, b.TotalJobs, b.CompletedJobs, b.FailedJobs, 0, b.TotalJobs - b.CompletedJobs - b.FailedJobs, b.Status.ToString(),
            $"/invoicing/v2/bulk/{b.BatchId}/status");
    }

    public sealed record Cancelled(string Status, string BatchId, int CancelledJobs);

    public static async Task<Results<Ok<View>, Problem>> Status(string batch_id, Caller caller, string? company_id, JobsDb db, CancellationToken ct)
    {
        if (await FindAsync(db, batch_id, caller.ScopeFor(company_id), ct) is not { } batch)
        {
            return Problem.NotFound($"Lote {batch_id} no encontrado");
        }

        var jobs = await db.Jobs.AsNoTracking().Where(j => j.BatchKey == batch.Id).OrderBy(j => j.BatchIndex).ThenBy(j => j.Id)
            .Select(j => new { j.Id, j.TicketId, j.AutomationStatus, j.Estado, j.Outcome, j.OutcomeDetail, j.ErrorType, j.BatchIndex, j.BatchItemKey }).ToListAsync(ct);
        var (done, failed) = (jobs.Count(j => j.Estado == Estado.completado), jobs.Count(j => j.Estado is Estado.fallido or Estado.cancelado));
        var running = jobs.Count(j => j.Estado == Estado.en_progreso);
        var total = batch.Accepting is null ? batch.TotalJobs : jobs.Count;
        return TypedResults.Ok(new View(
            batch.BatchId, total, done, failed, running, total - done - failed - running, batch.Status.ToString(),
            [.. jobs.Select((j, i) => new Item(
                j.BatchIndex ?? i, j.BatchItemKey, j.TicketId, j.Id, j.AutomationStatus, j.Outcome, j.ErrorType, j.OutcomeDetail))]));
    }

    /// <summary>In several commits, so that a large batch locks few rows at a time; repeating it finishes what was cut short.</summary>
    public static async Task<Results<Ok<Cancelled>, Problem>> Cancel(string batch_id, Caller caller, string? company_id, JobsDb db, TimeProvider time, CancellationToken ct)
    {
        if (await FindAsync(db, batch_id, caller.ScopeFor(company_id), ct) is not { } batch)
        {
            return Problem.NotFound($"Lote {batch_id} no encontrado");
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

        return TypedResults.Ok(new Cancelled("cancelled", batch.BatchId, cancelled));
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

    /// <summary>Ids are unique per tenant; who sees every tenant and named none gets the newest.</summary>
    private static Task<Batch?> FindAsync(JobsDb db, string id, string? scope, CancellationToken ct) =>
        db.Batches.AsNoTracking().Where(b => b.BatchId == id && (scope == null || b.CompanyId == scope)).OrderByDescending(b => b.Id).FirstOrDefaultAsync(ct);
}
