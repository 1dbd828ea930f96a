using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.Messages;

namespace Invoicing.Jobs.Tests;

/// <summary>The tickets service as jobs sees it: what it said of its tickets.</summary>
public sealed class FakeTickets : HttpMessageHandler
{
    private readonly ConcurrentDictionary<long, TicketSubmitted> said = new();

    private int questions;

    /// <summary>It does not answer.</summary>
    public bool Down { get; set; }

    /// <summary>How long it takes to answer.</summary>
    public TimeSpan Slow { get; set; }

    public int Questions => questions;

    public TicketSubmitted Add(TicketSubmitted submission) => said[submission.TicketId] = submission;

    public void Clear()
    {
        said.Clear();
        (Down, Slow, questions) = (false, default, 0);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Down)
        {
            throw new HttpRequestException("tickets is down");
        }

        Interlocked.Increment(ref questions);
        await Task.Delay(Slow, cancellationToken);

        return request.RequestUri!.AbsolutePath.Trim('/').Split('/') switch
        {
            ["internal", "jobs", var job] => Answer(said.Values.FirstOrDefault(s => $"{s.JobId}" == job)),
            ["internal", "tickets", var ticket, "submission"] => Answer(said.Values.FirstOrDefault(s => $"{s.TicketId}" == ticket)),
            ["internal", "tickets", var ticket, "text"] => Answer(said.Values.Any(s => $"{s.TicketId}" == ticket) ? $"TOTAL {ticket}.00" : null),
            ["internal", "merchants", var merchant] => Answer(merchant == "7" ? new { } : null),
            ["internal", "tickets", "submissions"] => Answer(await AskedAsync(request, cancellationToken)),
            _ => new HttpResponseMessage(HttpStatusCode.NotImplemented),
        };
    }

    private async Task<TicketSubmitted[]> AskedAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var asked = await request.Content!.ReadFromJsonAsync<JsonElement>(ct);
        return [.. asked.GetProperty("ticket_ids").EnumerateArray().Select(id => said.GetValueOrDefault(id.GetInt64())).OfType<TicketSubmitted>()];
    }

    private static HttpResponseMessage Answer(object? found) => found is null
        ? new HttpResponseMessage(HttpStatusCode.NotFound)
        : new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(found, options: Json.Options) };
}
