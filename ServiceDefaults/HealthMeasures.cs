using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Invoicing;

/// <summary>Every 30 s each dependency is asked, whether or not somebody looks at <c>/health</c>; the answers are a gauge: 1 healthy, 0.5 degraded, 0 down.</summary>
internal sealed class HealthMeasures : IHealthCheckPublisher
{
    private readonly Gauge<double> health = Telemetry.Meter.CreateGauge<double>("invoicing.health", description: "What the service depends on: 1 healthy, 0.5 degraded, 0 down");

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var (check, entry) in report.Entries)
        {
            health.Record((int)entry.Status / 2.0, new KeyValuePair<string, object?>("check", check));
        }

        return Task.CompletedTask;
    }
}
