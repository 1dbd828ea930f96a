using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Invoicing;

/// <summary>
/// A second listener (<c>Metrics:Port</c>, none without it) for machines alone: <c>/metrics</c> for Prometheus and <c>/scale</c> for an autoscaler.
/// Nothing else answers there, and neither answers on the service's own port, which the gateway may lead to.
/// </summary>
public static class MetricsPort
{
    public static WebApplicationBuilder AddMetricsPort(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<int?>("Metrics:Port") is not { } port)
        {
            return builder;
        }

        var own = Addresses(builder.Configuration);
        builder.WebHost.UseUrls([.. own, $"http://{BindingAddress.Parse(own[0]).Host}:{port}"]);
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddPrometheusExporter());
        builder.Services.AddSingleton<IStartupFilter>(new Door(port));
        return builder;
    }

    private static string[] Addresses(ConfigurationManager configuration) =>
        configuration["urls"] is { Length: > 0 } urls ? urls.Split(';')
        : [.. (configuration["http_ports"] ?? "8080").Split(';').Select(port => $"http://*:{port}")];

    /// <summary>By the port the connection came in at: a Host header cannot pretend.</summary>
    private sealed class Door(int port) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.MapWhen(context => context.Connection.LocalPort == port, machines =>
            {
                machines.UseOpenTelemetryPrometheusScrapingEndpoint("/metrics");
                machines.Run(context => context.Request.Path == "/scale" && Workload.Known is { } work
                    ? context.Response.WriteAsJsonAsync(new { workload = work })
                    : Task.FromResult(context.Response.StatusCode = context.Request.Path == "/scale" ? 503 : 404));
            });
            next(app);
        };
    }
}

/// <summary>Work that waits or runs, whoever does it: what an autoscaler divides by the slots of one worker.</summary>
public static class Workload
{
    private static readonly System.Diagnostics.Metrics.Gauge<long> Gauge =
        Telemetry.Meter.CreateGauge<long>("invoicing.workload", description: "Work that waits or runs");

    /// <summary>Null until it was looked at; then an autoscaler keeps what it has.</summary>
    public static long? Known { get; private set; }

    public static void Report(long work)
    {
        Known = work;
        Gauge.Record(work);
    }
}
