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
            else if (lot.Tokens == lot.Low && lot.Shared > 0 && lot.TopUp.IsCompleted)
            {
                lot.TopUp = TopUpAsync(lot, bucket, policy);
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
        if (await LeaseAsync(bucket, policy, fresh ? Math.Max(1, policy.Quota / 20) : NextLot(lot, policy), ct) is { } granted)
        {
            (lot.Tokens, lot.Low, lot.Shared, lot.ResetsAt) = (granted.Granted, granted.Granted / 2, granted.Remaining, granted.ResetsAt);
        }
        else if (fresh)
        {
            (lot.Tokens, lot.Low, lot.Shared, lot.ResetsAt) = (policy.Quota, 0, 0, now.AddSeconds(policy.WindowSeconds));
        }
    }

    /// <summary>The next lot comes while half of the last one is left: requests do not wait for it.</summary>
    private async Task TopUpAsync(Lot lot, string bucket, RatePolicy policy)
    {
        await Task.Yield();
        if (await LeaseAsync(bucket, policy, NextLot(lot, policy), CancellationToken.None) is not { } granted)
        {
            return;
        }

        await lot.Turn.WaitAsync();
        // Tokens of a window that has ended meanwhile are worth nothing.
        if (lot.ResetsAt == granted.ResetsAt)
        {
            (lot.Tokens, lot.Low, lot.Shared) = (lot.Tokens + granted.Granted, (lot.Tokens + granted.Granted) / 2, granted.Remaining);
        }

        lot.Turn.Release();
    }

    private static int NextLot(Lot lot, RatePolicy policy) => Math.Max(1, Math.Min(policy.Quota / 20, lot.Shared / 10));

    /// <returns>Null when the shared windows are away: better to serve with each gateway counting alone than to refuse everybody.</returns>
    private async Task<TenantConfig.RateLease?> LeaseAsync(string bucket, RatePolicy policy, int want, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<TenantConfig>().LeaseAsync(bucket, policy, want, ct);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            log.LogWarning("Shared rate windows are away ({Error}); counting alone", e.Message);
            return null;
        }
    }

    private static RatePolicy Policy(IConfiguration configuration, string name, int quota, int seconds) =>
        new(name, configuration.GetValue($"RateLimits:{name}", quota), seconds);

    private sealed class Lot
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Tokens { get; set; }

        /// <summary>So few tokens are left when the next lot is asked for.</summary>
        public int Low { get; set; }

        public Task TopUp { get; set; } = Task.CompletedTask;

        /// <summary>What the shared window still has beyond this gateway's tokens, as last heard.</summary>
        public int Shared { get; set; }

        public DateTimeOffset ResetsAt { get; set; }
    }
}
