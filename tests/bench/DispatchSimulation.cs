using System.Diagnostics;
using Invoicing.Jobs;
using Invoicing.Jobs.Db;
using Invoicing.TestSupport;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Invoicing.Bench;

/// <summary>
/// The real claim over 10,000 tenants with a queue each, one of them noisy, on a clock that is moved second by second: what a claim costs, whom it
/// serves, and how many slots it can keep busy. Attempts last twenty seconds; nothing runs them.
/// </summary>
internal static class DispatchSimulation
{
    private const int Each = 6;
    private const int Noisy = 20_000;
    private const int Seconds = 20;
    private static readonly TimeSpan WallClock = TimeSpan.FromSeconds(100);
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(int tenants, int slots)
    {
        Environment.SetEnvironmentVariable("INVOICING_TEST_DURABLE", "1");
        await using var source = NpgsqlDataSource.Create(await Servers.NewDatabaseAsync());
        await PrepareAsync(source, tenants, slots);
        var (began, running, served, claims) = (Stopwatch.GetTimestamp(), new Queue<(DateTimeOffset Until, long Id)>(), new Dictionary<string, int>(), new List<double>());
        var (handed, second) = (0, 0);
        while (Stopwatch.GetElapsedTime(began) < WallClock && handed < tenants)
        {
            var now = Start.AddMinutes(1).AddSeconds(second++);
            await EndAsync(source, running, now);
            for (var free = true; free;)
            {
                var picked = await HandOutAsync(source, now, claims);
                handed += picked.Count;
                foreach (var job in picked)
                {
                    running.Enqueue((now.AddSeconds(Seconds), job.Id));
                    served[job.CompanyId] = served.GetValueOrDefault(job.CompanyId) + 1;
                }

                free = picked.Count == Claim.Most;
            }
        }

        var wall = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine($"{tenants} tenants with {Each} jobs each, one with {Noisy}; {slots} slots, {Seconds} s an attempt, durable PostgreSQL");
        Console.WriteLine($"handed out {handed} in {second} simulated and {wall:F0} real seconds: {handed / wall:F0} a second, {handed / wall * 3600:F0} an hour at the most");
        Console.WriteLine($"a claim of up to {Claim.Most}: p50 {claims.Median():F0} ms, p95 {claims.Quantile(0.95):F0} ms, {claims.Count} claims");
        Console.WriteLine($"tenants served {served.Count}, most to one quiet tenant {served.Where(s => s.Key != "t0").Max(s => s.Value)}, to the noisy one {served.GetValueOrDefault("t0")}");
        return 0;
    }

    private static async Task<List<AutomationJob>> HandOutAsync(NpgsqlDataSource source, DateTimeOffset now, List<double> claims)
    {
        await using var db = ClaimBench.Context(source);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var asked = Stopwatch.GetTimestamp();
        var (picked, _) = await db.ClaimAsync(MexicoCity.Day(now), 2, now, default);
        claims.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        picked.ForEach(j => j.Dispatch(MexicoCity.Day(now), now));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return picked;
    }

    private static async Task EndAsync(NpgsqlDataSource source, Queue<(DateTimeOffset Until, long Id)> running, DateTimeOffset now)
    {
        var over = new List<long>();
        while (running.TryPeek(out var next) && next.Until <= now)
        {
            over.Add(running.Dequeue().Id);
        }

        await using var db = ClaimBench.Context(source);
        foreach (var job in await db.Jobs.Where(j => over.Contains(j.Id)).ToListAsync())
        {
            job.Fail(Outcomes.FueraDePlazo, "Fuera de plazo.", now);
        }

        await db.SaveChangesAsync();
    }

    private static async Task PrepareAsync(NpgsqlDataSource source, int tenants, int slots)
    {
        var count = tenants * Each + Noisy;
        static string Tenant(int i, int tenants) => i < Noisy ? "t0" : $"t{(i - Noisy) % tenants}";
        await using var db = ClaimBench.Context(source);
        await db.Database.MigrateAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.CopyAsync([.. Enumerable.Range(0, count).Select(i => new TicketReference { Id = i + 1, CompanyId = Tenant(i, tenants), CreatedAt = Start })], default);
        await db.CopyAsync([.. Enumerable.Range(0, count).Select(i => Waiting(i + 1, Tenant(i, tenants)))], default);
        await db.Database.ExecuteSqlAsync($"INSERT INTO tenant_limits (company_id, max_concurrent_jobs, max_daily_jobs, weight, fetched_at) SELECT 't' || i, 20, 100000, 1, now() FROM generate_series(0, {tenants} - 1) i");
        await db.Database.ExecuteSqlAsync($"INSERT INTO workers (id, slots, busy, draining, seen_at) VALUES ('w', {slots}, 0, false, {Start.AddDays(1)})");
        await transaction.CommitAsync();
        await db.Database.ExecuteSqlAsync($"ANALYZE");
    }

    private static AutomationJob Waiting(int id, string tenant)
    {
        var job = AutomationJob.Open(new JobOrder(id, id, tenant), Start.AddMilliseconds(id));
        job.Queue($"portal{id % 2000}.example.com:443", null, Start);
        return job;
    }
}
