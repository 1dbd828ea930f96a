using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/v2/jobs and /invoicing/v2/jobs/{id}.</summary>
public static class ReadJobs
{
    public static async Task<Results<Ok<JobView[]>, Problem>> List(
        Caller caller, HttpContext http, JobsDb db, Paging paging, string? status, string? priority, long? ticket_id, string? batch_id, string? company_id, CancellationToken ct)
    {
        var scope = caller.ScopeFor(company_id);
        var (statuses, priorities) = (Paging.Words(status), Paging.Words(priority));
        if (statuses.FirstOrDefault(s => !Status.All.Contains(s)) is { } unknown)
        {
            return Problem.Invalid("status", "invalid_value", $"status no conoce el valor «{unknown}».");
        }

        if (priorities.FirstOrDefault(p => !Enum.GetNames<Priority>().Contains(p)) is { } odd)
        {
            return Problem.Invalid("priority", "invalid_value", $"priority no conoce el valor «{odd}».");
        }

        var wanted = priorities.Select(Enum.Parse<Priority>).ToArray();
        var jobs = db.Jobs.AsNoTracking().Where(j => (scope == null || j.CompanyId == scope)
            && (statuses.Length == 0 || statuses.Contains(j.AutomationStatus)) && (wanted.Length == 0 || wanted.Contains(j.Priority))
            && (ticket_id == null || j.TicketId == ticket_id) && (batch_id == null || j.BatchId == batch_id));
        var found = await paging.Of(jobs, j => j.CreatedAt, j => j.Id).ToListAsync(ct);
        http.Response.Headers["X-Total-Count"] = (await jobs.CountAsync(ct)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        paging.LinkNext(http, found, j => (j.CreatedAt, j.Id));
        return TypedResults.Ok(found.Select(JobView.Of).ToArray());
    }

    public static async Task<Results<Ok<JobView>, Problem>> Get(long id, Caller caller, string? company_id, Lookup lookup, CancellationToken ct) =>
        await lookup.JobAsync(id, caller.ScopeFor(company_id), ct) is { } job ? TypedResults.Ok(JobView.Of(job)) : Lookup.NoJob(id);

    public static async Task<Results<Ok<StepView[]>, Problem>> Steps(long id, Caller caller, string? company_id, JobsDb db, Lookup lookup, CancellationToken ct) =>
        await lookup.JobAsync(id, caller.ScopeFor(company_id), ct) is null
            ? Lookup.NoJob(id)
            : TypedResults.Ok((await db.Steps.AsNoTracking().Where(s => s.JobId == id).OrderBy(s => s.StepNumber).ToListAsync(ct)).Select(StepView.Of).ToArray());
}
