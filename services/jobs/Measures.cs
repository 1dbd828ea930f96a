using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Invoicing.Jobs;

/// <summary>Numbers operators watch: how old the queue is, what was handed out, how jobs end.</summary>
public static class Measures
{
    private static readonly ConcurrentDictionary<Priority, double> OldestSeconds = new();
    private static readonly Counter<long> ClosedJobs = Telemetry.Meter.CreateCounter<long>("invoicing.jobs.closed", "{job}");
    private static readonly Counter<long> DispatchedAttempts = Telemetry.Meter.CreateCounter<long>("invoicing.jobs.dispatched", "{attempt}");
    private static readonly ObservableGauge<double> Age = Telemetry.Meter.CreateObservableGauge(
        "invoicing.jobs.queue_age", () => OldestSeconds.Select(o => new Measurement<double>(o.Value, new KeyValuePair<string, object?>("priority", o.Key.ToString()))), "s");

    public static void Closed(AutomationJob job) => ClosedJobs.Add(1, new("outcome", job.Outcome ?? job.Estado.ToString()), new("estado", job.Estado.ToString()));

    public static void Dispatched(int attempts) => DispatchedAttempts.Add(attempts);

    public static void QueueAge(IReadOnlyDictionary<Priority, double> oldest)
    {
        foreach (var priority in Enum.GetValues<Priority>())
        {
            OldestSeconds[priority] = oldest.GetValueOrDefault(priority);
        }

        _ = Age.Enabled;
    }
}
