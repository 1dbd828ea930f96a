using System.Collections.Concurrent;
using System.Diagnostics;
using Hangfire;
using Hangfire.PostgreSql;
using Invoicing.TestSupport;

namespace Invoicing.Bench;

/// <summary>Hangfire on its own database of the same server, told of new jobs by the database and asking every 50 ms besides, as many workers as slots. It knows no tenants: all share one queue.</summary>
internal sealed class HangfireEngine : IEngine, IAsyncDisposable
{
    private static readonly ConcurrentDictionary<long, (long Since, TaskCompletionSource<Ran> Ran)> Waiting = new();
    private static int running;
    private readonly JobStorage storage;
    private readonly BackgroundJobClient client;
    private BackgroundJobServer? server;
    private readonly Tally tally = new();

    private HangfireEngine(JobStorage storage) => (this.storage, client) = (storage, new BackgroundJobClient(storage));

    public string Name => "Hangfire.PostgreSql";

    public int Lost => Waiting.Count;

    public int Running => running;

    public static async Task<HangfireEngine> StartAsync()
    {
        GlobalConfiguration.Configuration.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
        // A connection for each of its workers, for its pollers and for the clients.
        var database = await Servers.NewDatabaseAsync() + ";Maximum Pool Size=120";
        return new HangfireEngine(new PostgreSqlStorage(
            new Hangfire.PostgreSql.Factories.NpgsqlConnectionFactory(database, new PostgreSqlStorageOptions()),
            new PostgreSqlStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(50), EnableLongPolling = true }));
    }

    /// <summary>What a job does.</summary>
    public static async Task Run(long number, int milliseconds)
    {
        Interlocked.Increment(ref running);
        if (Waiting.TryRemove(number, out var job))
        {
            job.Ran.SetResult(new Ran(Stopwatch.GetElapsedTime(job.Since)));
        }

        await Task.Delay(milliseconds);
        Interlocked.Decrement(ref running);
    }

    public Task OfferAsync(int slots)
    {
        server?.Dispose();
        server = slots == 0 ? null : new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = slots }, storage);
        return Task.CompletedTask;
    }

    public async Task<Ran> SubmitAsync(string tenant, TimeSpan work)
    {
        var (number, ran) = (tally.Submit(), new TaskCompletionSource<Ran>(TaskCreationOptions.RunContinuationsAsynchronously));
        Waiting[number] = (Stopwatch.GetTimestamp(), ran);
        var milliseconds = (int)work.TotalMilliseconds;
        await Task.Run(() => client.Enqueue(() => Run(number, milliseconds)));
        tally.Store();
        return await ran.Task;
    }

    public Task AcceptedAsync() => tally.AllStoredAsync();

    public async Task IdleAsync()
    {
        while (storage.GetMonitoringApi() is var seen && (seen.EnqueuedCount("default") > 0 || seen.ProcessingCount() > 0))
        {
            await Task.Delay(20);
        }
    }

    public ValueTask DisposeAsync()
    {
        server?.Dispose();
        return ValueTask.CompletedTask;
    }
}
