using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/automation/latest-data-enhanced: the tenant's ten newest automations with their steps and pictures.</summary>
public static class LatestAutomations
{
    private const int Most = 10;

    public sealed record Data(long TicketId, JobView JobData, IReadOnlyList<StepView> Logs, IReadOnlyList<ArtifactView> Screenshots, RunSummary Summary);

    /// <summary>The summary, and two of its members once more under the names that existing pages read.</summary>
    public sealed record RunSummary(
        int TotalSteps, double SuccessRate, long TotalTimeMs, int ScreenshotsCount, IReadOnlyList<string> UrlsAttempted, string FinalStatus, string? FinalUrl,
        int CaptchasSolved, string Status, long DurationMs)
    {
        public static RunSummary Of(AutomationSummary s) => new(
            s.TotalSteps, s.SuccessRate, s.TotalTimeMs, s.ScreenshotsCount, s.UrlsAttempted, s.FinalStatus, s.FinalUrl, s.CaptchasSolved, s.FinalStatus, s.TotalTimeMs);
    }

    public sealed record Recent(long TicketId, Data AutomationData);

    public sealed record Response(bool EnhancedMode, IReadOnlyList<Recent> RecentAutomations, IReadOnlyDictionary<string, bool> SystemCapabilities);

    public static async Task<Ok<Response>> Handle(Caller caller, string? company_id, JobsDb db, TenantDirectory tenants, CancellationToken ct)
    {
        var scope = caller.ScopeFor(company_id);
        var settings = await tenants.SettingsAsync(caller.TenantFor(company_id), ct);
        var jobs = await db.Jobs.AsNoTracking().Where(j => scope == null || j.CompanyId == scope)
            .OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id).Take(Most).ToListAsync(ct);
        var ids = jobs.Select(j => j.Id).ToList();
        var steps = (await db.Steps.AsNoTracking().Where(s => ids.Contains(s.JobId)).OrderBy(s => s.StepNumber).ToListAsync(ct)).ToLookup(s => s.JobId);
        var shots = caller.May(Permission.read_screenshots)
            ? (await db.Screenshots.AsNoTracking().Where(s => ids.Contains(s.JobId)).OrderBy(s => s.Id).ToListAsync(ct)).ToLookup(s => s.JobId)
            : Array.Empty<Screenshot>().ToLookup(s => s.JobId);
        return TypedResults.Ok(new Response(
            settings.IsOn("enhanced_automation"),
            [.. jobs.Select(j => new Recent(j.TicketId, new Data(
                j.TicketId, JobView.Of(j), [.. steps[j.Id].Select(StepView.Of)], [.. shots[j.Id].Select(ArtifactView.Of)], RunSummary.Of(AutomationSummary.Of(j, [.. steps[j.Id]])))))],
            SystemHealth.CapabilitiesOf(settings)));
    }
}
