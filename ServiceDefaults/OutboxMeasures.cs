using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Invoicing;

/// <summary>How many messages should have left, and for how long the oldest has been waiting. Every replica sees the same table.</summary>
public sealed class OutboxMeasures<TDb>(IServiceScopeFactory scopes, TimeProvider time, ILogger<OutboxMeasures<TDb>> log) : BackgroundService where TDb : DbContext
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private readonly Gauge<long> pending = Telemetry.Meter.CreateGauge<long>("invoicing.outbox.pending", description: "Messages that are due and have not left");
    private readonly Gauge<double> lag = Telemetry.Meter.CreateGauge<double>("invoicing.outbox.lag", "s", "Age of the oldest message that is due");

    private sealed record Due(long Count, double Seconds);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var now = time.GetUtcNow();
                var due = await scope.ServiceProvider.GetRequiredService<TDb>().Database.SqlQuery<Due>(
                    $"""
                     SELECT count(*) AS count, coalesce(extract(epoch FROM {now} - min(greatest(created_at, not_before))), 0)::float8 AS seconds
                     FROM outbox_messages WHERE not_before <= {now}
                     """).SingleAsync(ct);
                pending.Record(due.Count);
                lag.Record(Math.Max(0, due.Seconds));
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogDebug(e, "The outbox was not measured");
            }

            await Task.Delay(Every, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
