using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Invoicing;

/// <summary><c>/health</c> asks what the service depends on, <c>/alive</c> only whether it answers. Mapped in every environment.</summary>
public static class Health
{
    private static readonly long Started = TimeProvider.System.GetTimestamp();

    public static IServiceCollection AddHealth(this IServiceCollection services) => services.AddHealthChecks().Services
        .Configure<HealthCheckPublisherOptions>(o => (o.Delay, o.Period) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)))
        .AddSingleton<IHealthCheckPublisher, HealthMeasures>();

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync }).ShortCircuit();
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).ShortCircuit();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var name = context.RequestServices.GetRequiredService<Microsoft.Extensions.Hosting.IHostEnvironment>().ApplicationName;
        return context.Response.WriteAsJsonAsync(new
        {
            status = report.Status == HealthStatus.Healthy ? "healthy" : report.Status == HealthStatus.Degraded ? "degraded" : "down",
            version = Telemetry.Version,
            server = name,
            uptime = (long)TimeProvider.System.GetElapsedTime(Started).TotalSeconds,
            checks = report.Entries.ToDictionary(e => e.Key, e => new { status = e.Value.Status.ToString().ToLowerInvariant(), duration_ms = (int)e.Value.Duration.TotalMilliseconds }),
        }, Json.Options);
    }
}
