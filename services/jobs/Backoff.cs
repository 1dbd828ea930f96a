namespace Invoicing.Jobs;

/// <summary>Exponential with full jitter: anywhere between nothing and the ceiling, so that jobs of one outage do not return together.</summary>
public sealed class Backoff(TimeSpan first, TimeSpan ceiling)
{
    public TimeSpan Ceiling(int retry) => TimeSpan.FromTicks((long)Math.Min(ceiling.Ticks, first.Ticks * Math.Pow(2, Math.Min(retry, 30))));

    public TimeSpan After(int retry) => Ceiling(retry) * Random.Shared.NextDouble();
}
