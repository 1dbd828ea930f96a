using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/v2/bulk/{batch_id}/status and POST …/cancel.</summary>
public static class Batches
{
    public sealed record Item(int Index, string? Key, long TicketId, long JobId, string Status, string? Outcome, string? Code, string? Detail);

    public sealed record View(
        string BatchId, int TotalJobs, int CompletedJobs, int FailedJobs, int RunningJobs, int PendingJobs, string Status, IReadOnlyList<Item> Items);

    public sealed record Cancelled(string Status, string BatchId, int CancelledJobs);

    public static async Task<Results<Ok<View>, Problem>> Status(string batch_id, Caller caller, string? company_id, JobsDb db, CancellationToken ct)
    {
        if (await FindAsync(db, batch_id, caller.ScopeFor(company_id), ct) is not { } batch)
        {
            return Problem.NotFound($"Lote {batch_id} no encontrado");
        }

        var jobs = await db.Jobs.AsNoTracking().Where(j => j.BatchKey == batch.Id).OrderBy(j => j.CreatedAt).ThenBy(j => j.Id)
            .Select(j => new { j.Id, j.TicketId, j.AutomationStatus, j.Estado, j.Outcome, j.OutcomeDetail, j.ErrorType }).ToListAsync(ct);
        var (done, failed) = (jobs.Count(j => j.Estado == Estado.completado), jobs.Count(j => j.Estado is Estado.fallido or Estado.cancelado));
        var running = jobs.Count(j => j.Estado == Estado.en_progreso);
        return TypedResults.Ok(new View(
            batch.BatchId, batch.TotalJobs, done, failed, running, batch.TotalJobs - done - failed - running, batch.Status.ToString(),
            [.. jobs.Select((j, index) => new Item(index, null, j.TicketId, j.Id, j.AutomationStatus, j.Outcome, j.ErrorType, j.OutcomeDetail))]));
    }

    public static async Task<Results<Ok<Cancelled>, Problem>> Cancel(string batch_id, Caller caller, string? company_id, JobsDb db, TimeProvider time, CancellationToken ct)
    {
        if (await FindAsync(db, batch_id, caller.ScopeFor(company_id), ct) is not { } batch)
        {
            return Problem.NotFound($"Lote {batch_id} no encontrado");
        }

        var (now, cancelled) = (time.GetUtcNow(), 0);
        var open = await db.Jobs.FromSql(
            $"SELECT * FROM automation_jobs WHERE batch_key = {batch.Id} AND phase NOT IN ('closed', 'stopping') ORDER BY id FOR UPDATE").ToListAsync(ct);
        foreach (var job in open)
        {
            cancelled += await CommandJob.CancelAsync(db, job, now, ct) ? 1 : 0;
        }

        if (cancelled > 0 || open.Count > 0)
        {
            (await db.LockBatchAsync(batch.Id, ct))!.Cancel(now);
            await db.SaveChangesAsync(ct);
        }

        return TypedResults.Ok(new Cancelled("cancelled", batch.BatchId, cancelled));
    }

    /// <summary>Ids are unique per tenant; who sees every tenant and named none gets the newest.</summary>
    private static Task<Batch?> FindAsync(JobsDb db, string id, string? scope, CancellationToken ct) =>
        db.Batches.AsNoTracking().Where(b => b.BatchId == id && (scope == null || b.CompanyId == scope)).OrderByDescending(b => b.Id).FirstOrDefaultAsync(ct);
}
