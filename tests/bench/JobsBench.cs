using System.Collections.Concurrent;
using System.Diagnostics;

namespace Invoicing.Bench;

/// <summary>
/// The job engine beside Hangfire.PostgreSql and a plain MassTransit consumer, turn about in one run on one durable PostgreSQL and one broker:
/// time from submission to pickup at a steady rate, jobs a second when saturated, and what a quiet tenant waits behind a noisy one. Every job is
/// accounted for. Handlers do nothing, or wait where it says so.
/// </summary>
internal static class JobsBench
{
    private const int Rounds = 2;
    private const int Rate = 50;
    private const int Saturated = 500;
    private const int Backlog = 260;
    private const int Quiet = 20;

    /// <summary>As many as Hangfire takes by itself at the most.</summary>
    private const int Slots = 20;

    /// <summary>What the engine that is measured is called.</summary>
    public const string Ours = "invoicing jobs";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static async Task<int> ClaimAsync()
    {
        Environment.SetEnvironmentVariable("INVOICING_TEST_DURABLE", "1");
        var results = new ConcurrentDictionary<string, List<double>>();
        await ClaimBench.RunAsync(results);
        Print(results);
        return 0;
    }

    public static async Task<int> RunAsync(int seconds)
    {
        Environment.SetEnvironmentVariable("INVOICING_TEST_DURABLE", "1");
        Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Warning");
        // Where the jobs service's settings are; a test project would know by itself.
        Environment.SetEnvironmentVariable("ASPNETCORE_TEST_CONTENTROOT_JOBS", Path.Combine(TestSupport.Repository.Root, "services", "jobs"));
        // Hangfire's client and workers block their threads: the pool must not be what they wait for.
        ThreadPool.SetMinThreads(100, 100);
        var results = new ConcurrentDictionary<string, List<double>>();
        await using (var ours = await OurEngine.StartAsync())
        await using (var hangfire = await HangfireEngine.StartAsync())
        await using (var plain = await PlainConsumer.StartAsync())
        {
            var engines = new List<IEngine> { ours, hangfire, plain };
            for (var turn = 0; turn <= Rounds; turn++)
            {
                foreach (var engine in engines.ToList())
                {
                    try
                    {
                        await MeasureAsync(engine, seconds, turn == 0, results);
                        // What it polls for must not cost the next one.
                        await engine.OfferAsync(0);
                        await Console.Error.WriteLineAsync($"turn {turn} of {engine.Name} is over");
                    }
                    catch (Exception e) when (engine != ours)
                    {
                        // A comparator that gives up leaves the others to be measured.
                        await Console.Error.WriteLineAsync($"turn {turn} of {engine.Name} failed and it is left out from here on: {e.Message} {e.InnerException?.Message}");
                        engines.Remove(engine);
                    }
                }
            }
        }

        await ClaimBench.RunAsync(results);
        Print(results);
        return results.Keys.Any(k => k.StartsWith("lost|", StringComparison.Ordinal) && results[k].Sum() > 0) ? 1 : 0;
    }

    /// <summary>The first turn of each warms up and is not counted.</summary>
    private static async Task MeasureAsync(IEngine engine, int seconds, bool warming, ConcurrentDictionary<string, List<double>> results)
    {
        var steady = await SteadyAsync(engine, warming ? 20 : seconds);
        var saturated = await SaturatedAsync(engine, warming ? 1000 : Saturated);
        if (warming)
        {
            return;
        }

        var alone = await NeighboursAsync(engine, 0);
        var crowded = await NeighboursAsync(engine, Backlog);
        Keep(results, engine.Name, "1 submit to pickup p50 ms, 50 jobs/s", steady.Quantile(0.5));
        Keep(results, engine.Name, "2 submit to pickup p95 ms, 50 jobs/s", steady.Quantile(0.95));
        Keep(results, engine.Name, "3 saturated jobs/s", saturated.PerSecond);
        Keep(results, engine.Name, "4 saturated CPU ms a job, servers too", saturated.Cpu);
        Keep(results, engine.Name, "5 quiet tenant alone, pickup p95 ms", alone.Pickups.Quantile(0.95));
        Keep(results, engine.Name, $"6 quiet behind {Backlog} of another, pickup p95 ms", crowded.Pickups.Quantile(0.95));
        Keep(results, engine.Name, "7 quiet crowded / alone, submit to end p95", crowded.Ends.Quantile(0.95) / alone.Ends.Quantile(0.95));
        Keep(results, engine.Name, "8 handlers running meanwhile, % of 10 slots", crowded.Used);
        Keep(results, engine.Name, "lost", engine.Lost);
    }

    private static async Task<IReadOnlyList<double>> SteadyAsync(IEngine engine, int seconds)
    {
        await engine.OfferAsync(Slots);
        var started = Stopwatch.GetTimestamp();
        var submitted = new List<Task<Ran>>();
        for (var i = 0; i < seconds * Rate; i++)
        {
            submitted.Add(engine.SubmitAsync("steady", TimeSpan.Zero));
            var ahead = TimeSpan.FromSeconds((i + 1.0) / Rate) - Stopwatch.GetElapsedTime(started);
            if (ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead);
            }
        }

        return await PickupsAsync(submitted);
    }

    private static async Task<(double PerSecond, double Cpu)> SaturatedAsync(IEngine engine, int count)
    {
        await engine.OfferAsync(0);
        var submitted = new List<Task<Ran>>();
        foreach (var part in Enumerable.Range(0, count).Chunk(20))
        {
            submitted.AddRange(part.Select(_ => engine.SubmitAsync("saturated", TimeSpan.Zero)));
            await engine.AcceptedAsync();
        }

        await Task.Delay(1000);
        var (started, cpu) = (Stopwatch.GetTimestamp(), Processors.Used());
        await engine.OfferAsync(Slots);
        await Task.WhenAll(submitted);
        await engine.IdleAsync();
        return (count / Stopwatch.GetElapsedTime(started).TotalSeconds, (Processors.Used() - cpu).TotalMilliseconds / count);
    }

    /// <summary>
    /// Ten slots, half a second to one and a half a job (a fifth of what attempts at a portal take, and like them no two alike: slots that all
    /// empty together would be a wait of the bench's own); a quiet tenant sends one a second, a tenth of what the slots do, while another's
    /// backlog waits.
    /// </summary>
    private static async Task<(IReadOnlyList<double> Pickups, IReadOnlyList<double> Ends, double Used)> NeighboursAsync(IEngine engine, int backlog)
    {
        await engine.OfferAsync(0);
        var lengths = new Random(1);
        TimeSpan Work() => Second * (0.5 + lengths.NextDouble());
        var quietly = Enumerable.Range(0, Quiet).Select(_ => Work()).ToList();
        var noise = new List<Task<Ran>>();
        foreach (var part in Enumerable.Range(0, backlog).Chunk(20))
        {
            noise.AddRange(part.Select(_ => engine.SubmitAsync("noisy", Work())));
            await engine.AcceptedAsync();
        }

        await engine.OfferAsync(10);
        await (noise.Count > 0 ? noise[0] : Task.CompletedTask);
        var (quiet, used) = (new List<Task<Ran>>(), new List<double>());
        for (var i = 0; i < Quiet * 20; i++)
        {
            if (i % 20 == 0)
            {
                quiet.Add(engine.SubmitAsync("quiet", quietly[i / 20]));
            }

            await Task.Delay(Second / 20);
            if (noise.Count(n => !n.IsCompleted) > 20)
            {
                used.Add(engine.Running * 10.0);
            }
        }

        var pickups = await PickupsAsync(quiet);
        await Task.WhenAll(noise);
        await engine.IdleAsync();
        return (pickups, [.. pickups.Zip(quietly, (waited, work) => waited + work.TotalMilliseconds)], used.DefaultIfEmpty(double.NaN).Average());
    }

    private static async Task<IReadOnlyList<double>> PickupsAsync(IEnumerable<Task<Ran>> submitted) =>
        [.. (await Task.WhenAll(submitted)).Select(r => r.Pickup.TotalMilliseconds)];

    internal static void Keep(ConcurrentDictionary<string, List<double>> results, string who, string what, double value) =>
        results.GetOrAdd($"{what}|{who}", _ => []).Add(value);

    private static void Print(ConcurrentDictionary<string, List<double>> results)
    {
        Console.WriteLine($"load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the end, {Environment.ProcessorCount} processors; median (min to max) of {Rounds} turns after one to warm up");
        foreach (var (key, values) in results.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            var (what, engine) = (key.Split('|')[0], key.Split('|')[1]);
            Console.WriteLine($"{what,-52}{engine,-28}{values.Median(),10:0.0#}  ({values.Min():0.0#} to {values.Max():0.0#})");
        }

        foreach (var row in results.GroupBy(r => r.Key.Split('|')[0], r => (Who: r.Key.Split('|')[1], Value: r.Value.Median())).Where(r => r.Key != "lost").OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            var ours = row.Single(r => r.Who is Ours or ClaimBench.Limited);
            foreach (var other in row.Where(r => r.Who != ours.Who))
            {
                Console.WriteLine($"ratio  {row.Key[2..]}: {ours.Who} {ours.Value / other.Value:0.00} × {other.Who}");
            }
        }
    }
}

/// <param name="Pickup">From the client's submission to the handler's first instruction.</param>
internal sealed record Ran(TimeSpan Pickup);

/// <summary>What all of them can do.</summary>
internal interface IEngine
{
    string Name { get; }

    /// <summary>Jobs that were accepted and never ran.</summary>
    int Lost { get; }

    /// <summary>Handlers at work this moment.</summary>
    int Running { get; }

    /// <summary>How many may run at once from now on.</summary>
    Task OfferAsync(int slots);

    /// <summary>Done when its handler has begun.</summary>
    Task<Ran> SubmitAsync(string tenant, TimeSpan work);

    /// <summary>Until everything submitted is stored.</summary>
    Task AcceptedAsync();

    /// <summary>Until nothing waits or runs.</summary>
    Task IdleAsync();
}
