using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Invoicing;

/// <summary>One trace from the HTTP call through the broker to each browser step, and the metrics of every service.</summary>
public static class Telemetry
{
    /// <summary>Spans of our own: outbox relay, reading, attempts, browser steps.</summary>
    public static ActivitySource Source { get; } = new("Invoicing");

    /// <summary>Instruments of our own, named <c>invoicing.*</c>.</summary>
    public static Meter Meter { get; } = new("Invoicing");

    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        var name = builder.Configuration["OTEL_SERVICE_NAME"] ?? builder.Environment.ApplicationName;
        builder.Logging.AddOpenTelemetry(o => { o.IncludeScopes = true; o.IncludeFormattedMessage = true; });
        builder.Logging.AddSimpleConsole(o => (o.IncludeScopes, o.SingleLine, o.UseUtcTimestamp, o.TimestampFormat) = (true, true, true, "HH:mm:ss.fff "));
        builder.Logging.Configure(o => o.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(name, serviceVersion: Version))
            .WithTracing(t => t.AddSource(Source.Name, "MassTransit", "Yarp.ReverseProxy").AddAspNetCoreInstrumentation(o => o.Filter = WorthATrace)
                .AddHttpClientInstrumentation().AddNpgsql())
            .WithMetrics(m => m.SetExemplarFilter(ExemplarFilterType.TraceBased).AddMeter(Meter.Name, "MassTransit").AddAspNetCoreInstrumentation().AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation().AddMeter("Npgsql"));
        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.UseOtlpExporter();
        }

        return builder;
    }

    public static string Version { get; } = typeof(Telemetry).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>The W3C parent of what runs now, to carry through a table row.</summary>
    public static string? TraceParent => Activity.Current?.Id;

    /// <summary>A span that continues the trace a row or message came from.</summary>
    public static Activity? Continue(string name, string? traceParent, ActivityKind kind = ActivityKind.Internal) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            ? Source.StartActivity(name, kind, parent)
            : Source.StartActivity(name, kind);

    private static bool WorthATrace(Microsoft.AspNetCore.Http.HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/alive");
}
