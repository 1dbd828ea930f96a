using System.Collections.Concurrent;
using System.Diagnostics;
using Invoicing.Jobs;
using Invoicing.Jobs.Db;
using Invoicing.TestSupport;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Invoicing.Bench;

/// <summary>
/// What the limits cost: 10,000 waiting jobs of 50 tenants on 200 portals are handed out and ended, 50 at a time, by the claim that knows every
/// limit and by one that takes the oldest, turn about on one durable PostgreSQL.
/// </summary>
internal static class ClaimBench
{
    public const string Limited = "with every limit";
    private const int Count = 10_000;
    private const int PerTurn = 2_000;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(ConcurrentDictionary<string, List<double>> results)
    {
        await using var source = NpgsqlDataSource.Create(await Servers.NewDatabaseAsync());
        await PrepareAsync(source);
        await TurnAsync(source, limits: true, 200);
        await TurnAsync(source, limits: false, 200);
        for (var turn = 0; turn < 2; turn++)
        {
            foreach (var limits in (bool[])[true, false])
            {
                var (rate, claim) = await TurnAsync(source, limits, PerTurn);
                var who = limits ? Limited : "oldest first, no limits";
                JobsBench.Keep(results, who, "9 handed out and ended, jobs/s", rate);
                JobsBench.Keep(results, who, "9 the claim statement, p50 ms", claim);
            }
        }
    }

    private static async Task PrepareAsync(NpgsqlDataSource source)
    {
        await using var db = Context(source);
        await db.Database.MigrateAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.CopyAsync([.. Enumerable.Range(1, Count).Select(i => new TicketReference { Id = i, CompanyId = $"t{i % 50}", CreatedAt = Start })], default);
        await db.CopyAsync([.. Enumerable.Range(1, Count).Select(Waiting)], default);
        await db.Database.ExecuteSqlAsync($"INSERT INTO tenant_limits (company_id, max_concurrent_jobs, max_daily_jobs, weight, fetched_at) SELECT 't' || i, 20, 1000, 1 + i % 3, now() FROM generate_series(0, 49) i");
        await db.Database.ExecuteSqlAsync($"INSERT INTO workers (id, slots, busy, draining, seen_at) VALUES ('w', 50, 0, false, {Start.AddDays(1)})");
        await transaction.CommitAsync();
        await db.Database.ExecuteSqlAsync($"ANALYZE");
    }

    private static AutomationJob Waiting(int id)
    {
        var job = AutomationJob.Open(new JobOrder(id, id, $"t{id % 50}"), Start.AddMilliseconds(id));
        job.Queue($"portal{id % 200}.example.com:443", null, Start);
        return job;
    }

    private static async Task<(double PerSecond, double ClaimMs)> TurnAsync(NpgsqlDataSource source, bool limits, int count)
    {
        var (started, handed, claims) = (Stopwatch.GetTimestamp(), 0, new List<double>());
        for (var now = Start.AddMinutes(1); handed < count; now += TimeSpan.FromSeconds(1))
        {
            await using var db = Context(source);
            await using var transaction = await db.Database.BeginTransactionAsync();
            var asked = Stopwatch.GetTimestamp();
            var picked = limits ? (await db.ClaimAsync(MexicoCity.Day(now), 2, now, default)).Jobs
                : await db.Jobs.FromSql($"SELECT * FROM automation_jobs WHERE phase IN ('queued', 'awaiting_files') AND next_attempt_at <= {now} ORDER BY rank_at, id LIMIT 50 FOR UPDATE SKIP LOCKED").ToListAsync();
            claims.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            picked.ForEach(j => j.Dispatch(MexicoCity.Day(now), now));
            await db.SaveChangesAsync();
            picked.ForEach(j => j.Fail(Outcomes.FueraDePlazo, "Fuera de plazo.", now));
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            handed += picked.Count;
        }

        return (handed / Stopwatch.GetElapsedTime(started).TotalSeconds, claims.Median());
    }

    internal static JobsDb Context(NpgsqlDataSource source) => new((DbContextOptions<JobsDb>)new DbContextOptionsBuilder<JobsDb>().UseServiceDatabase(source).Options);
}
