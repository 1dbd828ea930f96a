using Invoicing.Jobs.Db;
using Invoicing.Jobs.Endpoints;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>The contract's AutomationSummary.</summary>
public sealed record AutomationSummary(
    int TotalSteps, double SuccessRate, long TotalTimeMs, int ScreenshotsCount, IReadOnlyList<string> UrlsAttempted, string FinalStatus, string? FinalUrl,
    int CaptchasSolved)
{
    public static AutomationSummary Of(AutomationJob job, IReadOnlyList<JobStep> steps) => new(
        steps.Count, steps.Count == 0 ? 0 : Math.Round(steps.Count(s => s.Result == "ok") / (double)steps.Count, 4),
        job.StartedAt is { } start ? (long)((job.CompletedAt ?? job.UpdatedAt) - start).TotalMilliseconds : 0, steps.Count(s => s.ScreenshotId != null),
        [.. steps.Select(s => s.Url).OfType<string>().Distinct()], job.AutomationStatus, job.FinalUrl, job.Usage.CaptchasSolved);
}

/// <summary>A job under its ticket: the contract's Job, and what v1 clients know as its result.</summary>
public sealed record TicketJob : JobView
{
    public TicketJob(AutomationJob job) : base(Of(job)) => Resultado = JobsV1.Result.Of(job);

    /// <summary>Null until it ended.</summary>
    public JobsV1.Result? Resultado { get; }
}

/// <summary>Everything automation has done for a ticket; the newest job leads.</summary>
public sealed record TicketAutomation(JobView? Job, IReadOnlyList<TicketJob> Jobs, IReadOnlyList<StepView> Steps, AutomationSummary? Summary)
{
    /// <summary>By ticket; a ticket that jobs does not know has none of anything.</summary>
    public static async Task<Dictionary<long, TicketAutomation>> OfAsync(JobsDb db, IReadOnlyCollection<long> tickets, CancellationToken ct)
    {
        var jobs = await db.Jobs.AsNoTracking().Where(j => tickets.Contains(j.TicketId)).OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id).ToListAsync(ct);
        var leading = jobs.GroupBy(j => j.TicketId).ToDictionary(g => g.Key, g => g.First());
        var ids = leading.Values.Select(j => j.Id).ToList();
        var steps = (await db.Steps.AsNoTracking().Where(s => ids.Contains(s.JobId)).OrderBy(s => s.StepNumber).ToListAsync(ct)).ToLookup(s => s.JobId);
        return tickets.Distinct().ToDictionary(t => t, t => leading.TryGetValue(t, out var job)
            ? new TicketAutomation(
                JobView.Of(job), [.. jobs.Where(j => j.TicketId == t).Select(j => new TicketJob(j))], [.. steps[job.Id].Select(StepView.Of)],
                AutomationSummary.Of(job, [.. steps[job.Id]]))
            : new TicketAutomation(null, [], [], null));
    }
}
