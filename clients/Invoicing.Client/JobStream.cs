using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Invoicing.Client;

/// <summary>Follows one job's events: Server-Sent Events from the last one seen, the polling twin while no stream holds.</summary>
internal sealed class JobStream(Transport api, TimeProvider time, long job, long after)
{
    private const int StreamTries = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenPolls = TimeSpan.FromSeconds(5);
    private long last = after;
    private bool ended;

    public async IAsyncEnumerable<JobEvent> FollowAsync([EnumeratorCancellation] CancellationToken ct)
    {
        for (var failures = 0; !ended; await Task.Delay(ended ? TimeSpan.Zero : Wait(failures), time, ct))
        {
            var before = last;
            await using var events = (failures < StreamTries ? StreamAsync(ct) : PollAsync(ct)).GetAsyncEnumerator(ct);
            while (!ended && await NextAsync(events))
            {
                last = events.Current.Id;
                ended = events.Current.Name == "complete";
                yield return events.Current;
            }

            // A try that told something says that the server is well: the stream comes first again.
            failures = last > before ? 0 : failures + 1;
        }
    }

    /// <summary>False when the connection broke or the server closed it: whatever was lost comes again after the last id.</summary>
    private static async Task<bool> NextAsync(IAsyncEnumerator<JobEvent> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ApiException { Status: >= HttpStatusCode.InternalServerError })
        {
            return false;
        }
    }

    private async IAsyncEnumerable<JobEvent> StreamAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var answer = await api.SendAsync(HttpMethod.Get, $"/invoicing/v2/jobs/{job}/stream", null, ct, r =>
        {
            r.Headers.Accept.ParseAdd("text/event-stream");
            r.Headers.Add("Last-Event-ID", $"{last}");
        });
        ended = answer.StatusCode == HttpStatusCode.NoContent;
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        await foreach (var item in SseParser.Create(body, (_, data) => JsonSerializer.Deserialize<JobAtEvent>(data, Transport.Json)!).EnumerateAsync(ct))
        {
            // Each change comes a second time without name and id, for browsers' onmessage.
            if (long.TryParse(item.EventId, out var id) && id > last)
            {
                yield return new JobEvent(id, item.EventType, item.Data);
            }
        }
    }

    private async IAsyncEnumerable<JobEvent> PollAsync([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var told in await api.GetAsync<List<Polled>>($"/invoicing/v2/jobs/{job}/events?after={last}", ct))
        {
            yield return new JobEvent(told.Id, told.Event, told.Data);
        }
    }

    private static TimeSpan Wait(int failures)
    {
        if (failures >= StreamTries)
        {
            return BetweenPolls;
        }

        var most = Math.Min(Longest.TotalSeconds, Math.Pow(2, failures));
        return TimeSpan.FromSeconds(most * (0.5 + (Random.Shared.NextDouble() / 2)));
    }

    private sealed record Polled(long Id, string Event, JobAtEvent Data);
}
