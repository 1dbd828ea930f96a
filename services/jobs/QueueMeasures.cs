using System.Diagnostics.Metrics;
using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>How the queue, the slots and the portals stand, looked at every five seconds. Replicas see the same tables: take the maximum, never the sum.</summary>
public sealed class QueueMeasures(IServiceScopeFactory scopes, TimeProvider time, ILogger<QueueMeasures> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>Of the tenants that wait longest; a series each for ten thousand would be nobody's to read.</summary>
    private const int Tenants = 50;

    private readonly Standing jobs = new("invoicing.jobs.open", "{job}", "Open jobs; those ready or held by a worker are its states ready and leased", "state");
    private readonly Standing age = new("invoicing.jobs.queue_age", "s", "How long the oldest ready job has been waiting", "priority");
    private readonly Standing tenantAge = new("invoicing.tenants.queue_age", "s", "The same for the tenants that wait longest", "company_id");
    private readonly Standing slots = new("invoicing.workers.slots", "{slot}", "Slots of live workers", "state");
    private readonly Standing breakers = new("invoicing.portals.breaker", "", "0 closed, 1 half open, 2 open", "portal");
    private readonly Standing waiting = new("invoicing.jobs.waiting_for", "{item}", "What waits for somebody: open interventions, dead letters, webhooks", "what");

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        Measures.Refused(0);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await LookAsync(scope.ServiceProvider.GetRequiredService<JobsDb>(), time.GetUtcNow(), ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogDebug(e, "The queue was not measured");
            }

            await Task.Delay(Every, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(JobsDb db, DateTimeOffset now, CancellationToken ct)
    {
        var phases = await db.Jobs.Where(j => j.Phase != Phase.closed).GroupBy(j => j.Phase).Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(ct);
        var ready = db.Jobs.Where(j => (j.Phase == Phase.queued || j.Phase == Phase.awaiting_files) && j.NextAttemptAt <= now);
        var oldest = await ready.GroupBy(j => j.Priority).Select(g => new { g.Key, Since = g.Min(j => j.NextAttemptAt), Count = g.LongCount() }).ToListAsync(ct);
        var tenants = await ready.GroupBy(j => j.CompanyId).Select(g => new { g.Key, Since = g.Min(j => j.NextAttemptAt) }).OrderBy(g => g.Since).Take(Tenants).ToListAsync(ct);
        var leased = await db.Jobs.LongCountAsync(j => j.Phase == Phase.dispatched || ((j.Phase == Phase.running || j.Phase == Phase.waiting || j.Phase == Phase.stopping) && !j.PersonWait), ct);
        Workload.Report(oldest.Sum(o => o.Count) + leased);
        jobs.Tell([.. phases.Select(p => (p.Key.ToString(), (double)p.Count)), ("ready", oldest.Sum(o => o.Count)), ("leased", leased)]);
        age.Tell(Enum.GetValues<Priority>().Select(p => (p.ToString(), oldest.Where(o => o.Key == p).Select(o => (now - o.Since).TotalSeconds).FirstOrDefault())));
        tenantAge.Tell(tenants.Select(t => (t.Key, (now - t.Since).TotalSeconds)));
        await LookAroundAsync(db, leased, now, ct);
    }

    private async Task LookAroundAsync(JobsDb db, long leased, DateTimeOffset now, CancellationToken ct)
    {
        var live = await db.Workers.Where(w => !w.Draining && w.SeenAt > now.AddSeconds(-20)).SumAsync(w => w.Slots, ct);
        slots.Tell([("total", live), ("used", leased), ("free", Math.Max(0, live - leased))]);
        var fallen = await db.Portals.AsNoTracking().Where(p => p.Failures >= Portal.FailuresToOpen).ToListAsync(ct);
        breakers.Tell(fallen.Select(p => (p.Host, p.State(now) == "open" ? 2.0 : 1.0)));
        waiting.Tell([
            ("interventions", await db.Interventions.CountAsync(i => i.Status == InterventionStatus.open, ct)),
            ("dead_letters", await db.DeadLetters.CountAsync(l => l.Status == DeadLetterStatus.open, ct)),
            ("webhooks", await db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.pending, ct))]);
    }

    /// <summary>A gauge by one label. A series keeps its last value for ever, so what is gone is told to be zero.</summary>
    private sealed class Standing(string name, string unit, string description, string label)
    {
        private readonly Gauge<double> gauge = Telemetry.Meter.CreateGauge<double>(name, unit, description);
        private HashSet<string> told = [];

        public void Tell(IEnumerable<(string Key, double Value)> now)
        {
            var values = now.ToDictionary(v => v.Key, v => v.Value);
            foreach (var key in told.Union(values.Keys))
            {
                gauge.Record(values.GetValueOrDefault(key), new KeyValuePair<string, object?>(label, key));
            }

            told = [.. values.Keys];
        }
    }
}
