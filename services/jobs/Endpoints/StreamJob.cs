using System.Globalization;

namespace Invoicing.Jobs.Endpoints;

/// <summary>
/// GET /invoicing/v2/jobs/{id}/stream: the job's events as Server-Sent Events, from Last-Event-ID on, without gap or repeat. Each change is a
/// named event and the same JSON unnamed. Ends after the terminal event; 204 when there is nothing more to come.
/// </summary>
public static class StreamJob
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    public static async Task<IResult> Handle(
        long id, Caller caller, HttpContext http, string? company_id, string? last_event_id, Lookup lookup, IServiceScopeFactory scopes,
        JobNotices notices, TimeProvider time, CancellationToken ct)
    {
        if (await lookup.JobAsync(id, caller.ScopeFor(company_id), ct) is not { } job)
        {
            return Lookup.NoJob(id);
        }

        var resumed = long.TryParse(http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : last_event_id,
            NumberStyles.None, CultureInfo.InvariantCulture, out var last);
        if (resumed && !job.IsOpen && last >= job.EventSeq)
        {
            return Results.NoContent();
        }

        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache, no-transform";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await SayAsync(http, "retry: 2000\n\n", ct);
        try
        {
            await FollowAsync(http, id, last, scopes, notices, time, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The client left.
        }

        return Results.Empty;
    }

    private static async Task FollowAsync(
        HttpContext http, long id, long last, IServiceScopeFactory scopes, JobNotices notices, TimeProvider time, CancellationToken ct)
    {
        using var news = notices.On(notice => notice.Job == id);
        var spoken = time.GetTimestamp();
        while (true)
        {
            var events = await JobEvents.AfterAsync(scopes, id, last, ct);
            foreach (var e in events)
            {
                var ends = e.Terminal && e == events[^1];
                await SayAsync(http, $"id: {e.Seq}\nevent: {(ends ? "complete" : "progress")}\ndata: {e.Data}\n\ndata: {e.Data}\n\n", ct);
                (last, spoken) = (e.Seq, time.GetTimestamp());
                if (ends && events.Count < JobEvents.Most)
                {
                    return;
                }
            }

            if (time.GetElapsedTime(spoken) >= Beat)
            {
                await SayAsync(http, ": \n\n", ct);
                spoken = time.GetTimestamp();
            }

            await news.WaitAsync(Poll, ct);
        }
    }

    private static async Task SayAsync(HttpContext http, string text, CancellationToken ct)
    {
        await http.Response.WriteAsync(text, ct);
        await http.Response.Body.FlushAsync(ct);
    }
}
