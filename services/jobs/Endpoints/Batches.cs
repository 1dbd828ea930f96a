using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/v2/bulk/{batch_id}/status: a batch with its items, counted from the jobs themselves.</summary>
public static class Batches
{
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

    public static async Task<Results<Ok<View>, Problem>> Status(string batch_id, Caller caller, string? company_id, JobsDb db, CancellationToken ct)
    {
        if (await FindAsync(db, batch_id, caller.ScopeFor(company_id), ct) is not { } batch)
        {
            return Unknown(batch_id);
        }

        return TypedResults.Ok(await ViewAsync(db, batch, ct));
    }

    internal static async Task<View> ViewAsync(JobsDb db, Batch batch, CancellationToken ct)
    {
        var jobs = await db.Jobs.AsNoTracking().Where(j => j.BatchKey == batch.Id).OrderBy(j => j.BatchIndex).ThenBy(j => j.Id)
            .Select(j => new { j.Id, j.TicketId, j.AutomationStatus, j.Estado, j.Outcome, j.OutcomeDetail, j.ErrorType, j.BatchIndex, j.BatchItemKey }).ToListAsync(ct);
        var (done, failed) = (jobs.Count(j => j.Estado == Estado.completado), jobs.Count(j => j.Estado is Estado.fallido or Estado.cancelado));
        var running = jobs.Count(j => j.Estado == Estado.en_progreso);
        var total = batch.Accepting is null ? batch.TotalJobs : jobs.Count;
        return new View(
            batch.BatchId, total, done, failed, running, total - done - failed - running, batch.Status.ToString(),
            [.. jobs.Select((j, i) => new Item(
                j.BatchIndex ?? i, j.BatchItemKey, j.TicketId, j.Id, j.AutomationStatus, j.Outcome, j.ErrorType, j.OutcomeDetail))]);
    }

    internal static Problem Unknown(string id) => Problem.NotFound($"Lote {id} no encontrado");

    /// <summary>Ids are unique per tenant; who sees every tenant and named none gets the newest.</summary>
    internal static Task<Batch?> FindAsync(JobsDb db, string id, string? scope, CancellationToken ct) =>
        db.Batches.AsNoTracking().Where(b => b.BatchId == id && (scope == null || b.CompanyId == scope)).OrderByDescending(b => b.Id).FirstOrDefaultAsync(ct);
}
