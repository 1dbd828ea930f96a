using System.Collections.Concurrent;
using System.Diagnostics;

namespace Invoicing.Bench;

/// <summary>
/// The job engine beside Hangfire.PostgreSql, turn about on one durable PostgreSQL: time from submission to pickup at a steady rate, jobs a second
/// when saturated, and what a quiet tenant waits behind a noisy one. Handlers do nothing, or sleep where it says so. Every job is accounted for.
/// </summary>
internal static class JobsBench
{
    private const int Rounds = 2;
    private const int Rate = 50;
    private const int Saturated = 500;
    private const int Backlog = 300;
    private const int Quiet = 20;

    public static async Task<int> RunAsync(int seconds)
    {
        Environment.SetEnvironmentVariable("INVOICING_TEST_DURABLE", "1");
        Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Warning");
        var results = new ConcurrentDictionary<string, List<double>>();
        await using (var ours = await OurEngine.StartAsync())
        await using (var hangfire = await HangfireEngine.StartAsync())
        {
            for (var turn = 0; turn <= Rounds; turn++)
            {
                await MeasureAsync(ours, seconds, turn == 0, results);
                await MeasureAsync(hangfire, seconds, turn == 0, results);
            }
        }

        Print(results);
        return results.Keys.Any(k => k.StartsWith("lost|", StringComparison.Ordinal) && results[k].Sum() > 0) ? 1 : 0;
    }

    /// <summary>The first turn of each warms up and is not counted.</summary>
    private static async Task MeasureAsync(IEngine engine, int seconds, bool warming, ConcurrentDictionary<string, List<double>> results)
    {
        var steady = await SteadyAsync(engine, warming ? 3 : seconds);
        var saturated = await SaturatedAsync(engine, warming ? 50 : Saturated);
        var alone = await NeighboursAsync(engine, 0);
        var crowded = await NeighboursAsync(engine, warming ? 20 : Backlog);
        if (warming)
        {
            return;
        }

        Keep(results, engine, "submit to pickup p50 ms", steady.Quantile(0.5));
        Keep(results, engine, "submit to pickup p95 ms", steady.Quantile(0.95));
        Keep(results, engine, "saturated jobs/s", saturated.PerSecond);
        Keep(results, engine, "saturated CPU ms a job", saturated.Cpu);
        Keep(results, engine, "quiet tenant alone p95 ms", alone.Quantile(0.95));
        Keep(results, engine, $"quiet tenant behind {Backlog} of another p95 ms", crowded.Quantile(0.95));
        Keep(results, engine, "lost", engine.Lost);
    }

    private static async Task<IReadOnlyList<double>> SteadyAsync(IEngine engine, int seconds)
    {
        await engine.OfferAsync(50);
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
            var waiting = part.Select(_ => engine.SubmitAsync("saturated", TimeSpan.Zero)).ToList();
            submitted.AddRange(waiting);
            await engine.AcceptedAsync(submitted.Count);
        }

        var (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await engine.OfferAsync(50);
        await Task.WhenAll(submitted);
        await engine.IdleAsync();
        return (count / Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / count);
    }

    /// <summary>Ten slots, 50 ms a job; a quiet tenant sends one every 200 ms while another's backlog waits.</summary>
    private static async Task<IReadOnlyList<double>> NeighboursAsync(IEngine engine, int backlog)
    {
        await engine.OfferAsync(0);
        var noise = Enumerable.Range(0, backlog).Select(_ => engine.SubmitAsync("noisy", TimeSpan.FromMilliseconds(50))).ToList();
        await engine.AcceptedAsync(backlog);
        await engine.OfferAsync(10);
        var quiet = new List<Task<Ran>>();
        for (var i = 0; i < Quiet; i++)
        {
            quiet.Add(engine.SubmitAsync("quiet", TimeSpan.FromMilliseconds(50)));
            await Task.Delay(200);
        }

        var pickups = await PickupsAsync(quiet);
        await Task.WhenAll(noise);
        await engine.IdleAsync();
        return pickups;
    }

    private static async Task<IReadOnlyList<double>> PickupsAsync(IEnumerable<Task<Ran>> submitted) =>
        [.. (await Task.WhenAll(submitted)).Select(r => r.Pickup.TotalMilliseconds)];

    private static void Keep(ConcurrentDictionary<string, List<double>> results, IEngine engine, string what, double value) =>
        results.GetOrAdd($"{what}|{engine.Name}", _ => []).Add(value);

    private static void Print(ConcurrentDictionary<string, List<double>> results)
    {
        Console.WriteLine($"load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, {Environment.ProcessorCount} processors; median (min to max) of {Rounds} turns");
        foreach (var (key, values) in results.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            var (what, engine) = (key.Split('|')[0], key.Split('|')[1]);
            Console.WriteLine($"{what,-52}{engine,-22}{values.Median(),10:0.0}  ({values.Min():0.0} to {values.Max():0.0})");
        }
    }
}

/// <param name="Pickup">From the client's submission to the handler's first instruction.</param>
internal sealed record Ran(TimeSpan Pickup);

/// <summary>What both can do.</summary>
internal interface IEngine
{
    string Name { get; }

    /// <summary>Jobs that were accepted and never ran.</summary>
    int Lost { get; }

    /// <summary>How many may run at once from now on.</summary>
    Task OfferAsync(int slots);

    /// <summary>Done when its handler has begun.</summary>
    Task<Ran> SubmitAsync(string tenant, TimeSpan work);

    /// <summary>Until so many of the last submissions are stored.</summary>
    Task AcceptedAsync(int count);

    /// <summary>Until nothing waits or runs.</summary>
    Task IdleAsync();
}
