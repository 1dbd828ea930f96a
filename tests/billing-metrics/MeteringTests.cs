using System.Diagnostics;
using System.Globalization;
using Invoicing.Messages;
using Invoicing.TestSupport;
using Npgsql;

namespace Invoicing.Billing.Tests;

/// <summary>
/// The ledger beside a truth that the test keeps: a fifth of the closings said again (under the same message id or another), every twentieth job
/// failing in the database, the process killed again and again. INVOICING_LONG_TESTS=1 makes it 100,000 closings and 10 kills.
/// </summary>
[NonParallelizable]
public sealed class MeteringTests
{
    private const int Companies = 5;
    private const int Faulty = 20;
    private static readonly (int Events, int Kills) Size = Environment.GetEnvironmentVariable("INVOICING_LONG_TESTS") == "1" ? (100_000, 10) : (1_000, 2);
    private static readonly DateTimeOffset First = new(2024, 9, 1, 18, 0, 0, TimeSpan.Zero);
    private readonly InternalKeys keys = new();
    private NpgsqlDataSource database = null!;
    private ServiceProcess service = null!;
    private TestBus bus = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        bus = await TestBus.StartAsync((endpoint, test) => TestBus.Hear<JobPriced>(endpoint, test));
        var connection = await Servers.NewDatabaseAsync();
        database = NpgsqlDataSource.Create(connection);
        service = new ServiceProcess("billing-metrics", "services/billing-metrics", new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Ports.Free()}", ["ASPNETCORE_ENVIRONMENT"] = "Development", ["DOTNET_gcServer"] = "0",
            ["ConnectionStrings__billing"] = connection, ["ConnectionStrings__rabbitmq"] = bus.Broker,
            ["Identity__Name"] = "billing-metrics", ["Identity__SigningKey"] = keys.PrivateKey("billing-metrics"), ["Identity__Keys"] = keys.PublicFolder,
        });
        service.Start();
        await service.WaitUntilHealthyAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        service?.Kill();
        await (bus?.DisposeAsync() ?? ValueTask.CompletedTask);
        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }

    [Test]
    public async Task Whatever_is_said_twice_fails_or_dies_the_ledger_is_the_truth_to_the_last_digit()
    {
        var seed = Random.Shared.Next();
        var closings = Enumerable.Range(1, Size.Events).Select(Closing).ToList();
        var said = WithRepeats(closings, new Random(seed));
        await InjectFaultsAsync();
        var started = Stopwatch.GetTimestamp();
        var saying = SayAsync(said);
        for (var kill = 1; kill <= Size.Kills; kill++)
        {
            var part = (long)Size.Events * kill / (Size.Kills + 1);
            await ReachedAsync("SELECT count(*) FROM usage_ledger", part);
            service.Kill();
            service.Start();
        }

        await saying;
        // Every message leaves its row here when it is through, whether it counted or not.
        await ReachedAsync("SELECT count(*) FROM inbox_messages", said.Select(s => s.Id).Distinct().Count());
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var truth = closings.GroupBy(c => c.JobId).Sum(job => Cost(job.MaxBy(c => c.Sequence)!.Usage));
        var counted = await ReadAsync<decimal>("SELECT sum(cost_ocr + cost_browser + cost_captcha + cost_model + cost_storage) FROM usage_ledger");
        var faults = await ReadAsync<long>("SELECT sum(last_value)::bigint FROM pg_sequences WHERE sequencename LIKE 'fault_%'");
        await TestContext.Progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{said.Count} messages of {Size.Events} closings, {Size.Kills} kills, seed {seed}: truth {truth}, ledger minus truth {counted - truth:0.00####}, {said.Count / seconds:0} messages/s, restarts counted in"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(counted - truth, Is.Zero, $"seed {seed}");
            Assert.That(await ReadAsync<long>("SELECT count(*) FROM usage_ledger"), Is.EqualTo(Size.Events));
            Assert.That(await ReadAsync<decimal>("SELECT sum(total_cost) FROM automation_metrics"), Is.EqualTo(truth));
            Assert.That(await ReadAsync<long>(Rebuilt.Differences), Is.Zero, "days kept and days rebuilt from the ledger");
            Assert.That(faults, Is.GreaterThan(Size.Events / Faulty), "the faults happened");
        }
    }

    /// <summary>Every tenth closing is the one before it after a retry; days come in no order.</summary>
    private static JobClosed Closing(int number)
    {
        var (job, times) = number % 10 == 0 ? (number - 1, 2) : (number, 1);
        var closed = First.AddDays(number * 7 % 30).AddSeconds(number % 3_000);
        return new JobClosed(
            job, job + 1, $"company_{job % Companies}", times == 1 ? "fallido" : "completado", times == 1 ? "fallido" : "completado", "portal_caido", null, "Simple Portal", null,
            new JobUsage(times, (10 + job % 7) * times, times, job % 3 == 0 ? times : 0, 1_000 * times, 50 * times, "claude-3-5-sonnet", 100_000 * times, times, job % 4 == 0 ? times : 0),
            closed.AddSeconds(-30), closed, 7 * times);
    }

    /// <summary>The prices as they are announced, here once more: all amounts come out even at six decimals, so the order of closings cannot round.</summary>
    private static decimal Cost(JobUsage u) =>
        (decimal)u.OcrSeconds * 0.000011m + u.OcrPages * 0.0015m + (decimal)u.BrowserSeconds * 0.000014m + u.CaptchasByService * 0.00299m
        + u.ModelInputTokens * 0.000003m + u.ModelOutputTokens * 0.000015m + u.StoredBytes * 0.00000000138m;

    private static List<(JobClosed Closed, Guid Id)> WithRepeats(List<JobClosed> closings, Random random)
    {
        var said = closings.Select(c => (Closed: c, Id: Guid.NewGuid())).ToList();
        var again = said.Where((_, i) => i % 5 == 0).Select((s, i) => i % 2 == 0 ? s : (s.Closed, Guid.NewGuid())).ToList();
        return [.. said.Concat(again).OrderBy(_ => random.Next())];
    }

    private async Task SayAsync(List<(JobClosed Closed, Guid Id)> said)
    {
        foreach (var some in said.Chunk(500))
        {
            await Task.WhenAll(some.Select(s => bus.SayAsync(s.Closed, s.Id)));
        }
    }

    /// <summary>The entry of every twentieth job fails once or twice: sequences, unlike rows, remember across a rollback.</summary>
    private Task<object?> InjectFaultsAsync() => ReadAsync<object?>($"""
        DO $$ BEGIN FOR job IN {Faulty - 1}..{Size.Events} BY {Faulty} LOOP EXECUTE 'CREATE SEQUENCE fault_' || job; END LOOP; END $$;
        CREATE FUNCTION sometimes_fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.job_id % {Faulty} = {Faulty - 1} AND nextval('fault_' || NEW.job_id) <= 1 + NEW.job_id / {Faulty} % 4 / 3 THEN
                RAISE EXCEPTION 'injected' USING ERRCODE = 'serialization_failure';
            END IF;
            RETURN NEW; END $$;
        CREATE TRIGGER sometimes_fail BEFORE INSERT ON usage_ledger FOR EACH ROW EXECUTE FUNCTION sometimes_fail();
        """);

    private Task ReachedAsync(string count, long wanted)
    {
        var seen = 0L;
        return Eventually.TrueAsync(async () => (seen = await ReadAsync<long>(count)) >= wanted, () => $"{wanted} of {count}, {seen} now\n{service.LastWords()}", 1800);
    }

    private async Task<T> ReadAsync<T>(string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 300;
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
