using System.Diagnostics.Metrics;

namespace Invoicing.Jobs;

/// <summary>What happened, as counters and durations. How things stand: <see cref="QueueMeasures"/>.</summary>
public static class Measures
{
    private static readonly Counter<long> ClosedJobs = Telemetry.Meter.CreateCounter<long>("invoicing.jobs.closed", "{job}", "Jobs that ended, by outcome");
    private static readonly Counter<long> DispatchedAttempts = Telemetry.Meter.CreateCounter<long>("invoicing.jobs.dispatched", "{attempt}", "Attempts handed out");
    private static readonly Counter<long> EndedAttempts =
        Telemetry.Meter.CreateCounter<long>("invoicing.portals.attempts", "{attempt}", "Attempts that ended, by portal and outcome");

    private static readonly Counter<long> RefusedFiles =
        Telemetry.Meter.CreateCounter<long>("invoicing.jobs.refused", "{file}", "Delivered files that are not the ticket's invoice");

    private static readonly Histogram<double> Durations = Telemetry.Meter.CreateHistogram(
        "invoicing.jobs.duration", "s", "From the job's opening to its end", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400] });

    public static void Closed(AutomationJob job, DateTimeOffset now)
    {
        ClosedJobs.Add(1, new("outcome", job.Outcome ?? job.Estado.ToString()), new("estado", job.Estado.ToString()));
        Durations.Record((now - job.CreatedAt).TotalSeconds, new KeyValuePair<string, object?>("estado", job.Estado.ToString()));
    }

    /// <summary>Told with zero at the start: a counter that appears with its first event shows Prometheus no increase.</summary>
    public static void Refused(int files) => RefusedFiles.Add(files);

    public static void Dispatched(int attempts) => DispatchedAttempts.Add(attempts);

    /// <summary>Tickets name portals, so their number has no end: past two thousand series the exporter adds them up without a name.</summary>
    public static void Ended(string host, string outcome) => EndedAttempts.Add(1, new("portal", host), new("outcome", outcome));
}
