using System.Collections.Concurrent;

namespace Invoicing.Gateway;

/// <summary>A quota of requests in a fixed window.</summary>
/// <param name="Name">As it stands in the <c>RateLimit-Policy</c> header.</param>
public sealed record RatePolicy(string Name, int Quota, int WindowSeconds);

/// <summary>What a client may still do in this window.</summary>
public sealed record RateVerdict(bool Admitted, RatePolicy Policy, int Remaining, DateTimeOffset ResetsAt);

/// <summary>
/// One count for all gateways: tenant-config keeps the windows, a gateway takes tokens from them in small lots and spends those without
/// asking. Lots shrink to single tokens as a window empties, so the quota is never exceeded and hardly wasted.
/// </summary>
public sealed class RateLimits(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider time, ILogger<RateLimits> log)
{
    private const int MostBuckets = 50_000;
    private readonly ConcurrentDictionary<(string Bucket, string Policy), Lot> lots = new();

    public RatePolicy Reads { get; } = Policy(configuration, "reads", 600, 60);

    public RatePolicy Writes { get; } = Policy(configuration, "writes", 120, 60);

    public RatePolicy ProcessRobust { get; } = Policy(configuration, "process-robust", 50, 3600);

    /// <summary>Takes one request of the bucket; a refused one costs nothing.</summary>
    public async Task<RateVerdict> TakeAsync(string bucket, RatePolicy policy, CancellationToken ct)
    {
        if (lots.Count > MostBuckets)
        {
            lots.Clear();
        }

        var lot = lots.GetOrAdd((bucket, policy.Name), _ => new Lot());
        await lot.Turn.WaitAsync(ct);
        try
        {
            var now = time.GetUtcNow();
            if (lot.ResetsAt <= now || (lot.Tokens == 0 && lot.Shared > 0))
            {
                await FillAsync(lot, bucket, policy, now, ct);
            }

            var admitted = lot.Tokens > 0;
            lot.Tokens -= admitted ? 1 : 0;
            return new RateVerdict(admitted, policy, lot.Tokens + lot.Shared, lot.ResetsAt);
        }
        finally
        {
            lot.Turn.Release();
        }
    }

    private async Task FillAsync(Lot lot, string bucket, RatePolicy policy, DateTimeOffset now, CancellationToken ct)
    {
        var fresh = lot.ResetsAt <= now;
        var want = fresh ? Math.Max(1, policy.Quota / 20) : Math.Max(1, Math.Min(policy.Quota / 20, lot.Shared / 10));
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var granted = await scope.ServiceProvider.GetRequiredService<TenantConfig>().LeaseAsync(bucket, policy, want, ct);
            (lot.Tokens, lot.Shared, lot.ResetsAt) = (granted.Granted, granted.Remaining, granted.ResetsAt);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            // Better to serve with each gateway counting alone than to refuse everybody.
            log.LogWarning("Shared rate windows are away ({Error}); counting alone", e.Message);
            if (fresh)
            {
                (lot.Tokens, lot.Shared, lot.ResetsAt) = (policy.Quota, 0, now.AddSeconds(policy.WindowSeconds));
            }
        }
    }

    private static RatePolicy Policy(IConfiguration configuration, string name, int quota, int seconds) =>
        new(name, configuration.GetValue($"RateLimits:{name}", quota), seconds);

    private sealed class Lot
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Tokens { get; set; }

        /// <summary>What the shared window still has beyond this gateway's tokens, as last heard.</summary>
        public int Shared { get; set; }

        public DateTimeOffset ResetsAt { get; set; }
    }
}
