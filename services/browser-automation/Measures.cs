using System.Diagnostics.Metrics;

namespace Invoicing.BrowserAutomation;

/// <summary>Instruments of the worker.</summary>
public static class Measures
{
    public static Histogram<double> Attempts { get; } = Telemetry.Meter.CreateHistogram(
        "invoicing.attempts.duration", "s", "Attempts and their length, by outcome", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600] });

    /// <summary>Slots, total and used.</summary>
    public static void Watch(Attempts attempts) => Telemetry.Meter.CreateObservableGauge(
        "invoicing.browser.slots",
        () => new[]
        {
            new Measurement<int>(attempts.Slots, new KeyValuePair<string, object?>("state", "total")),
            new Measurement<int>(attempts.Busy, new KeyValuePair<string, object?>("state", "used")),
        },
        description: "Browser slots of this worker");
}
