using System.Text.Json;
using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/v2/jobs/{id}/events?after=: the stream's events for clients that poll.</summary>
public static class JobEvents
{
    /// <summary>Events read at once.</summary>
    public const int Most = 500;

    /// <param name="Id">The event's number within the job; pass it as <c>after</c>.</param>
    public sealed record Item(long Id, string Event, JsonElement Data);

    public static async Task<Results<Ok<Item[]>, Problem>> Handle(
        long id, Caller caller, HttpContext http, string? company_id, long? after, Lookup lookup, IServiceScopeFactory scopes, CancellationToken ct)
    {
        if (after < 0)
        {
            return Problem.Invalid("after", "out_of_range", "after es el número de un evento, o 0.");
        }

        if (await lookup.JobAsync(id, caller.ScopeFor(company_id), ct) is not { } job)
        {
            return Lookup.NoJob(id);
        }

        var events = await AfterAsync(scopes, id, after ?? 0, ct);
        http.Response.Headers.RetryAfter = "5";
        return TypedResults.Ok(events.Select(e => new Item(
            e.Seq, e.Terminal && e.Seq == job.EventSeq ? "complete" : "progress", JsonSerializer.Deserialize<JsonElement>(e.Data))).ToArray());
    }

    /// <summary>In a context of its own: a stream must not keep a connection while it waits.</summary>
    public static async Task<List<JobEvent>> AfterAsync(IServiceScopeFactory scopes, long id, long after, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JobsDb>();
        return await db.Events.AsNoTracking().Where(e => e.JobId == id && e.Seq > after).OrderBy(e => e.Seq).Take(Most).ToListAsync(ct);
    }
}
