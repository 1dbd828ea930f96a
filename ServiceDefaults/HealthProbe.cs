using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Invoicing;

public static class HealthProbes
{
    /// <summary>Adds a dependency to <c>/health</c> that costs something to ask: it is asked at most every 25 s, by one caller at a time, however often health is read.</summary>
    /// <param name="ask">Uses the dependency as the service does; throws when it cannot.</param>
    public static IServiceCollection AddProbe(this IServiceCollection services, string name, Func<IServiceProvider, CancellationToken, Task> ask) => services
        .AddKeyedSingleton(name, (provider, _) => new HealthProbe(ct => ask(provider, ct)))
        .AddHealthChecks().Add(new HealthCheckRegistration(name, s => s.GetRequiredKeyedService<HealthProbe>(name), null, null)).Services;
}

/// <summary>Slow to answer is degraded, which keeps a busy process in service; no answer within a minute is unhealthy.</summary>
internal sealed class HealthProbe(Func<CancellationToken, Task> ask) : IHealthCheck
{
    /// <summary>Less than the 30 s after which every dependency is asked, so that each round is a look of its own.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private Task<HealthCheckResult>? look;
    private long since;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var current = Look();
        return await Task.WhenAny(current, Task.Delay(Patience, cancellationToken)) == current
            ? await current
            : HealthCheckResult.Degraded("It has not answered yet.");
    }

    private Task<HealthCheckResult> Look()
    {
        lock (gate)
        {
            if (look is null || (look.IsCompleted && TimeProvider.System.GetElapsedTime(since) > Kept))
            {
                (since, look) = (TimeProvider.System.GetTimestamp(), Task.Run(AskAsync));
            }

            return look;
        }
    }

    private async Task<HealthCheckResult> AskAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await ask(limit.Token).WaitAsync(limit.Token);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e)
        {
            return HealthCheckResult.Unhealthy(e.Message, e);
        }
    }
}
