using System.Diagnostics.Metrics;

namespace Invoicing.BrowserAutomation;

/// <summary>Instruments of the worker.</summary>
public static class Measures
{
    public static Counter<long> Attempts { get; } = Telemetry.Meter.CreateCounter<long>("invoicing.attempts", description: "Attempts by outcome");

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
