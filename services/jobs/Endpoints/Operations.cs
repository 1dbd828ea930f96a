using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/v2/admin/overview, /circuit-breakers, /portals and POST /circuit-breakers/{host}/reset, for platform admins.</summary>
public static class Operations
{
    public sealed record Breaker(string Host, string State, int Failures, DateTimeOffset? OpenUntil, DateTimeOffset? LastFailureAt, int WaitingJobs);

    public sealed record PortalView(string Host, long Attempts, string Breaker, bool HasRecipe, DateTimeOffset? RecipeAt, DateTimeOffset? LastSuccessAt);

    public sealed record WorkerView(string Id, int Slots, int Busy, bool Draining, DateTimeOffset SeenAt, bool Alive);

    public sealed record OverviewView(
        IReadOnlyDictionary<string, int> JobsByPhase, IReadOnlyDictionary<string, int> QueuedByPriority, double OldestQueuedSeconds, int FreeSlots,
        int OpenInterventions, int DeadLetters, int PendingWebhooks, IReadOnlyList<WorkerView> Workers, IReadOnlyList<Neighbours.ServiceHealth> Services);

    public static async Task<Ok<OverviewView>> Overview(JobsDb db, Neighbours neighbours, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var phases = await db.Jobs.Where(j => j.Phase != Phase.closed).GroupBy(j => j.Phase).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var queued = await db.Jobs.Where(j => j.Phase == Phase.queued).GroupBy(j => j.Priority).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var oldest = await db.Jobs.Where(j => j.Phase == Phase.queued && j.NextAttemptAt <= now).MinAsync(j => (DateTimeOffset?)j.NextAttemptAt, ct);
        var workers = (await db.Workers.AsNoTracking().Where(w => w.SeenAt > now.AddHours(-1)).ToListAsync(ct))
            .Select(w => new WorkerView(w.Id, w.Slots, w.Busy, w.Draining, w.SeenAt, w.SeenAt > now.AddSeconds(-20))).ToList();
        var held = await db.Jobs.CountAsync(j => j.Phase == Phase.dispatched || ((j.Phase == Phase.running || j.Phase == Phase.waiting) && !j.PersonWait), ct);
        return TypedResults.Ok(new OverviewView(
            phases.ToDictionary(p => p.Key.ToString(), p => p.Count), queued.ToDictionary(p => p.Key.ToString(), p => p.Count),
            oldest is { } since ? Math.Round((now - since).TotalSeconds, 1) : 0, Math.Max(0, workers.Where(w => w.Alive && !w.Draining).Sum(w => w.Slots) - held),
            await db.Interventions.CountAsync(i => i.Status == InterventionStatus.open, ct), await db.DeadLetters.CountAsync(l => l.Status == DeadLetterStatus.open, ct),
            await db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.pending, ct), workers, neighbours.Now()));
    }

    public static async Task<Ok<Breaker[]>> Breakers(JobsDb db, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var portals = await db.Portals.AsNoTracking().OrderBy(p => p.Host).ToListAsync(ct);
        var waiting = await db.Jobs.Where(j => j.Phase == Phase.queued && j.PortalHost != null).GroupBy(j => j.PortalHost!)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return TypedResults.Ok(portals.Select(p => new Breaker(p.Host, p.State(now), p.Failures, p.OpenUntil, p.LastFailureAt, waiting.GetValueOrDefault(p.Host))).ToArray());
    }

    public static async Task<Results<Ok<Breaker>, Problem>> Reset(string host, JobsDb db, TimeProvider time, CancellationToken ct)
    {
        if (await db.Portals.FindAsync([host], ct) is not { } portal)
        {
            return Problem.NotFound($"No se conoce el portal {host}");
        }

        portal.Reset();
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Breaker(portal.Host, portal.State(time.GetUtcNow()), portal.Failures, portal.OpenUntil, portal.LastFailureAt, 0));
    }

    public static async Task<Ok<PortalView[]>> Portals(JobsDb db, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var portals = await db.Portals.AsNoTracking().OrderBy(p => p.Host).ToListAsync(ct);
        var recipes = await db.Recipes.Where(r => r.State == RecipeState.current).Select(r => new { r.Host, r.CurrentSince }).ToDictionaryAsync(r => r.Host, r => r.CurrentSince, ct);
        return TypedResults.Ok(portals.Select(p => new PortalView(p.Host, p.Attempts, p.State(now), recipes.ContainsKey(p.Host), recipes.GetValueOrDefault(p.Host), p.LastSuccessAt)).ToArray());
    }
}
