using System.Collections.Concurrent;
using System.Globalization;
using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Invoicing.Jobs.Tests;

/// <summary>
/// Two dispatchers hand out thousands of jobs of many tenants, hosts and batches while jobs arrive, end and lose their workers at random. No
/// limit is ever exceeded, nothing is handed out twice, nobody starves, nothing is left behind.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ClaimPropertyTests
{
    private const int Slots = 40;
    private const int PerHost = 4;
    private const int Tenants = 8;
    private const int MostRoundsUnserved = 12;

    /// <summary>At once at least, of the tenant that sends half of everything: the run's length is that of its slowest queue.</summary>
    private const int Noisy = 8;
    private readonly ConcurrentDictionary<(long Job, int Attempt), bool> handed = new();
    private readonly Dictionary<string, int> unserved = [];
    private NpgsqlDataSource source = null!;
    private Random random = null!;
    private DateTimeOffset now = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);
    private (double Used, double Possible) use;

    [TestCase(2_000)]
    [TestCase(10_000, Explicit = true, Reason = "Takes a minute or two.")]
    public async Task Limits_hold_and_everything_is_served(int count)
    {
        var seed = Random.Shared.Next();
        await TestContext.Out.WriteLineAsync($"seed {seed}");
        random = new Random(seed);
        await PrepareAsync(count);
        var (arrived, rounds) = (0, 0);
        while (arrived < count || await CountAsync("SELECT count(*) FROM automation_jobs WHERE phase <> 'closed'") > 0)
        {
            arrived += await ArriveAsync(arrived, Math.Min(count - arrived, random.Next(count / 10)));
            var given = (await Task.WhenAll(DispatchAsync(), DispatchAsync())).Sum();
            await CheckAsync(rounds, arrived == count);
            await EndSomeAsync();
            now += given == 0 && arrived == count ? TimeSpan.FromHours(6) : TimeSpan.FromSeconds(random.Next(1, 15));
            Assert.That(++rounds, Is.LessThan(count), "it comes to an end");
        }

        await TestContext.Out.WriteLineAsync($"{count} jobs, {handed.Count} attempts, {rounds} rounds, slots used where work waited: {100 * use.Used / use.Possible:0} %");
        Assert.That(handed, Has.Count.GreaterThanOrEqualTo(count));
    }

    /// <summary>The tiers of the contract: enterprise 20, startup 3, and one between them.</summary>
    [Test]
    public async Task Saturated_tenants_are_served_by_weight()
    {
        int[] weights = [20, 8, 3];
        source = NpgsqlDataSource.Create(await TestSupport.Servers.NewDatabaseAsync());
        await using (var db = Context())
        {
            await db.Database.MigrateAsync();
            await ExecuteAsync("INSERT INTO tickets (id, company_id, created_at) SELECT i, 'x', now() FROM generate_series(1, 3000) i");
            db.AddRange(Enumerable.Range(1, 3000).Select(id =>
            {
                var job = AutomationJob.Open(new JobOrder(id, id, $"t{id % 3}"), now);
                job.Queue($"portal{id}.example.com:443", null, now);
                return job;
            }));
            await db.SaveChangesAsync();
        }

        for (var i = 0; i < weights.Length; i++)
        {
            await ExecuteAsync($"INSERT INTO tenant_limits (company_id, max_concurrent_jobs, max_daily_jobs, weight, fetched_at) VALUES ('t{i}', 100, 10000, {weights[i]}, now())");
        }

        for (var round = 0; round < 30; round++)
        {
            await DispatchAsync();
            await ExecuteAsync("UPDATE automation_jobs SET phase = 'closed' WHERE phase = 'dispatched'");
            now += TimeSpan.FromSeconds(1);
        }

        var total = await CountAsync("SELECT count(*) FROM automation_jobs WHERE phase = 'closed'");
        for (var i = 0; i < weights.Length; i++)
        {
            var served = await CountAsync($"SELECT count(*) FROM automation_jobs WHERE phase = 'closed' AND company_id = 't{i}'");
            var due = total * weights[i] / (double)weights.Sum();
            Assert.That(served, Is.EqualTo(due).Within(10).Percent, $"weight {weights[i]} of {weights.Sum()}, {total} in all");
        }
    }

    [TearDown]
    public async Task Stop() => await source.DisposeAsync();

    private async Task PrepareAsync(int count)
    {
        source = NpgsqlDataSource.Create(await TestSupport.Servers.NewDatabaseAsync());
        await using var db = Context();
        await db.Database.MigrateAsync();
        for (var i = 0; i < Tenants; i++)
        {
            await ExecuteAsync($"INSERT INTO tenant_limits (company_id, max_concurrent_jobs, max_daily_jobs, weight, fetched_at) VALUES ('t{i}', {random.Next(i == 0 ? Noisy : 1, 15)}, {random.Next(count / 30, count / 3)}, {random.Next(1, 6)}, now())");
        }

        for (var b = 1; b <= 6; b++)
        {
            db.Add(new Batch { BatchId = $"b{b}", CompanyId = $"t{b}", MaxConcurrent = random.Next(1, 5), CreatedAt = now });
        }

        await db.SaveChangesAsync();
        await ExecuteAsync($"INSERT INTO tickets (id, company_id, created_at) SELECT i, 'x', now() FROM generate_series(1, {count}) i");
    }

    private async Task<int> ArriveAsync(int from, int count)
    {
        await using var db = Context();
        var batches = await db.Batches.AsNoTracking().ToListAsync();
        for (var id = from + 1; id <= from + count; id++)
        {
            var batch = random.Next(3) == 0 ? batches[random.Next(batches.Count)] : null;
            var tenant = batch?.CompanyId ?? (random.Next(2) == 0 ? "t0" : $"t{random.Next(Tenants)}");
            var job = AutomationJob.Open(new JobOrder(id, id, tenant) { Priority = (Priority)random.Next(4), Batch = batch, MaxRetries = 2 }, now);
            job.Queue($"portal{random.Next(60)}.example.com:443", null, now);
            db.Add(job);
        }

        await db.SaveChangesAsync();
        return count;
    }

    /// <summary>As a replica's dispatcher does.</summary>
    private async Task<int> DispatchAsync()
    {
        for (var total = 0; ;)
        {
            await using var db = Context();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlAsync($"INSERT INTO workers (id, slots, busy, draining, seen_at) VALUES ('w', {Slots}, 0, false, {now}) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at");
            var (picked, _) = await db.ClaimAsync(MexicoCity.Day(now), PerHost, now, default);
            foreach (var job in picked)
            {
                job.Dispatch(MexicoCity.Day(now), now);
                Assert.That(handed.TryAdd((job.Id, job.Attempt), true), Is.True, $"job {job.Id} attempt {job.Attempt} was handed out twice");
            }

            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            total += picked.Count;
            if (picked.Count == 0)
            {
                return total;
            }
        }
    }

    private async Task CheckAsync(int round, bool all)
    {
        var over = await TextAsync($"""
            WITH busy AS (SELECT * FROM automation_jobs WHERE phase IN ('dispatched', 'running'))
            SELECT string_agg(what, ', ') FROM (
                SELECT 'slots ' || count(*) AS what FROM busy HAVING count(*) > {Slots}
                UNION ALL SELECT 'tenant ' || b.company_id || ' ' || count(*) FROM busy b JOIN tenant_limits l USING (company_id) GROUP BY b.company_id, l.max_concurrent_jobs HAVING count(*) > l.max_concurrent_jobs
                UNION ALL SELECT 'host ' || portal_host || ' ' || count(*) FROM busy GROUP BY portal_host HAVING count(*) > {PerHost}
                UNION ALL SELECT 'batch ' || b.batch_id || ' ' || count(*) FROM busy b JOIN automation_batches a ON a.id = b.batch_key GROUP BY b.batch_id, a.max_concurrent HAVING count(*) > a.max_concurrent
                UNION ALL SELECT 'day ' || j.company_id || ' ' || counted_on || ' ' || count(*) FROM automation_jobs j JOIN tenant_limits l USING (company_id)
                    WHERE counted_on IS NOT NULL GROUP BY j.company_id, counted_on, l.max_daily_jobs HAVING count(*) > l.max_daily_jobs) o
            """);
        Assert.That(over, Is.Null, $"round {round}: over the limit");
        await CheckServiceAsync(round);
        var (busy, waiting) = (await CountAsync("SELECT count(*) FROM automation_jobs WHERE phase IN ('dispatched', 'running')"), await CountAsync("SELECT count(*) FROM automation_jobs WHERE phase = 'queued'"));
        if (!all && waiting > 10 * Slots)
        {
            use = (use.Used + busy, use.Possible + Slots);
        }
    }

    /// <summary>A tenant with work that may run, below its own limits, is given something again and again.</summary>
    private async Task CheckServiceAsync(int round)
    {
        await using var command = source.CreateCommand($"""
            SELECT l.company_id FROM tenant_limits l
            WHERE EXISTS (SELECT 1 FROM automation_jobs q WHERE q.company_id = l.company_id AND q.phase = 'queued' AND q.batch_key IS NULL AND q.next_attempt_at <= @now
                    AND (q.counted_on IS NOT NULL OR (SELECT count(*) FROM automation_jobs d WHERE d.company_id = l.company_id AND d.counted_on = @today) < l.max_daily_jobs))
                AND (SELECT count(*) FROM automation_jobs b WHERE b.company_id = l.company_id AND b.phase IN ('dispatched', 'running')) = 0
            """);
        command.Parameters.AddWithValue("now", now);
        command.Parameters.AddWithValue("today", MexicoCity.Day(now));
        var hungry = new HashSet<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                hungry.Add(reader.GetString(0));
            }
        }

        for (var i = 0; i < Tenants; i++)
        {
            unserved[$"t{i}"] = hungry.Contains($"t{i}") ? unserved.GetValueOrDefault($"t{i}") + 1 : 0;
            Assert.That(unserved[$"t{i}"], Is.LessThan(MostRoundsUnserved), $"round {round}: t{i} starves");
        }
    }

    /// <summary>Ends, crashes, retries; a tenth goes on.</summary>
    private async Task EndSomeAsync()
    {
        await using var db = Context();
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var job in await db.Jobs.FromSql($"SELECT * FROM automation_jobs WHERE phase IN ('dispatched', 'running') ORDER BY id FOR UPDATE").ToListAsync())
        {
            switch (random.Next(10))
            {
                case < 7:
                    job.TakeLease(job.Attempt, "w", "s", now);
                    job.Fail(Outcomes.FueraDePlazo, "Fuera de plazo.", now);
                    break;
                case 7:
                    job.LoseLease(now);
                    break;
                case 8:
                    job.TakeLease(job.Attempt, "w", "s", now);
                    job.Overrun(new Backoff(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)), now);
                    break;
            }
        }

        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private JobsDb Context() => new((DbContextOptions<JobsDb>)new DbContextOptionsBuilder<JobsDb>().UseServiceDatabase(source).Options);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private async Task<string?> TextAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() as string;
    }
}
