using System.Collections.Concurrent;

namespace Invoicing.Jobs;

/// <summary>Asks the other services' /health every 30 s and remembers the last twenty answers of each.</summary>
public sealed class Neighbours(IHttpClientFactory clients, TimeProvider time, IConfiguration configuration) : BackgroundService
{
    private const int Remembered = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly string[] Usual = ["tickets", "tickets-reader", "tenant-config", "billing-metrics", "browser-automation"];
    private readonly TimeSpan every = TimeSpan.FromSeconds(configuration.GetValue("Neighbours:Seconds", 30));
    private readonly ConcurrentDictionary<string, Queue<Look>> looks = new();

    /// <param name="Status">healthy, degraded, down or unknown (not asked yet).</param>
    /// <param name="ErrorRate">Share of the remembered answers that were not healthy.</param>
    public sealed record ServiceHealth(string Name, string Status, int? ResponseTimeMs, double? ErrorRate, DateTimeOffset? LastCheck);

    private sealed record Look(string Status, int Milliseconds, DateTimeOffset At);

    public IReadOnlyList<ServiceHealth> Now() => [.. Usual.Select(name =>
    {
        if (!looks.TryGetValue(name, out var queue))
        {
            return new ServiceHealth(name, "unknown", null, null, null);
        }

        lock (queue)
        {
            var last = queue.Last();
            return new ServiceHealth(name, last.Status, last.Milliseconds, Math.Round(queue.Count(l => l.Status != "healthy") / (double)queue.Count, 3), last.At);
        }
    })];

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.WhenAll(Usual.Select(name => LookAsync(name, ct)));
            await Task.Delay(every, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(string name, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var status = "down";
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Limit);
            using var answer = await clients.CreateClient(nameof(Neighbours)).GetAsync(new Uri($"http://{name}/health"), limit.Token);
            status = answer.IsSuccessStatusCode ? "healthy" : answer.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable ? "degraded" : "down";
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // Down is what it is called.
        }

        var queue = looks.GetOrAdd(name, _ => new Queue<Look>());
        lock (queue)
        {
            queue.Enqueue(new Look(status, (int)time.GetElapsedTime(started).TotalMilliseconds, time.GetUtcNow()));
            while (queue.Count > Remembered)
            {
                queue.Dequeue();
            }
        }
    }
}
