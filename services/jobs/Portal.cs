namespace Invoicing.Jobs;

/// <summary>A portal address (host:port), shared by all tenants and workers: its circuit breaker. What is known of its pages: <see cref="PortalRecipe"/>.</summary>
public sealed class Portal
{
    public const int FailuresToOpen = 5;
    public static TimeSpan OpenTime { get; } = TimeSpan.FromSeconds(60);

    public required string Host { get; init; }
    public int Failures { get; private set; }
    public DateTimeOffset? OpenUntil { get; private set; }
    public DateTimeOffset? LastFailureAt { get; private set; }
    public DateTimeOffset? LastSuccessAt { get; private set; }
    public long Attempts { get; private set; }

    /// <summary>After the fifth failure in a row nobody goes there for 60 s, then one job probes.</summary>
    public void Fell(DateTimeOffset now)
    {
        (Failures, LastFailureAt, Attempts) = (Failures + 1, now, Attempts + 1);
        OpenUntil = Failures >= FailuresToOpen ? now + OpenTime : null;
    }

    /// <summary>It answered, whatever it said.</summary>
    public void Answered(DateTimeOffset now) => (Failures, OpenUntil, LastSuccessAt, Attempts) = (0, null, now, Attempts + 1);

    public void Reset() => (Failures, OpenUntil) = (0, null);

    public string State(DateTimeOffset now) => Failures < FailuresToOpen ? "closed" : OpenUntil > now ? "open" : "half_open";
}
