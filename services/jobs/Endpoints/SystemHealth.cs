using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/v2/health and /invoicing/system/status: what was measured, for the caller's tenant; null where nothing was.</summary>
public static class SystemHealth
{
    public static readonly string[] Capabilities =
        ["enhanced_automation", "claude_analysis", "google_vision_ocr", "captcha_solving", "multi_url_navigation", "screenshot_evidence"];

    public sealed record View(
        string Status, IReadOnlyList<Neighbours.ServiceHealth> Services, int ActiveJobs, int QueueSize, long? AverageProcessingTimeMs,
        [property: System.Text.Json.Serialization.JsonPropertyName("success_rate_24h")] double? SuccessRate24h);

    public sealed record StatusView(object SystemHealth, bool EnhancedMode, IReadOnlyDictionary<string, bool> Capabilities, string ApiVersion);

    public static async Task<Ok<View>> Health(Caller caller, string? company_id, JobsDb db, Neighbours neighbours, TimeProvider time, CancellationToken ct)
    {
        var (scope, since) = (caller.ScopeFor(company_id), time.GetUtcNow().AddDays(-1));
        var mine = db.Jobs.AsNoTracking().Where(j => scope == null || j.CompanyId == scope);
        var active = await mine.CountAsync(j => j.Estado == Estado.en_progreso, ct);
        var queued = await mine.CountAsync(j => j.Estado == Estado.pendiente, ct);
        var ended = await mine.Where(j => j.CompletedAt > since && (j.Estado == Estado.completado || j.Estado == Estado.fallido))
            .Select(j => new { j.StartedAt, j.CompletedAt, Good = j.Estado == Estado.completado }).ToListAsync(ct);
        var timed = ended.Where(j => j.StartedAt is not null).Select(j => (j.CompletedAt!.Value - j.StartedAt!.Value).TotalMilliseconds).ToList();
        var services = Services(neighbours, time);
        return TypedResults.Ok(new View(
            Overall(services), services, active, queued, timed.Count > 0 ? (long)timed.Average() : null,
            ended.Count > 0 ? Math.Round(ended.Count(j => j.Good) / (double)ended.Count, 4) : null));
    }

    public static async Task<Ok<StatusView>> Status(
        Caller caller, string? company_id, TenantDirectory tenants, Neighbours neighbours, TimeProvider time, CancellationToken ct)
    {
        var settings = await tenants.SettingsAsync(caller.TenantFor(company_id), ct);
        var (services, enhanced) = (Services(neighbours, time), settings.IsOn("enhanced_automation"));
        return TypedResults.Ok(new StatusView(
            new
            {
                status = Overall(services),
                mode = enhanced ? "enhanced" : "legacy",
                services = services.ToDictionary(s => s.Name, s => new { status = s.Status, response_time_ms = s.ResponseTimeMs, last_check = s.LastCheck }),
                warnings = services.Where(s => s.Status is "degraded" or "unknown").Select(s => $"{s.Name}: {s.Status}").ToArray(),
                errors = services.Where(s => s.Status == "down").Select(s => $"{s.Name}: down").ToArray(),
            }, enhanced, CapabilitiesOf(settings), "1.1-enhanced"));
    }

    /// <summary>google_vision_ocr is false whatever the flag says: tickets are read here; whether a company has a key for a second look is not known here.</summary>
    public static IReadOnlyDictionary<string, bool> CapabilitiesOf(Messages.TenantSettings settings) =>
        Capabilities.ToDictionary(c => c, c => c != "google_vision_ocr" && settings.IsOn(c));

    private static List<Neighbours.ServiceHealth> Services(Neighbours neighbours, TimeProvider time) =>
        [new("jobs", "healthy", 0, 0, time.GetUtcNow()), .. neighbours.Now()];

    private static string Overall(List<Neighbours.ServiceHealth> services) =>
        services.All(s => s.Status is "healthy" or "unknown") ? "healthy" : services.Any(s => s is { Name: "tickets", Status: "down" }) ? "down" : "degraded";
}
