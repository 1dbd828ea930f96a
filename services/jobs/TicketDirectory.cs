using System.Net;
using System.Net.Http.Json;
using Invoicing.Messages;

namespace Invoicing.Jobs;

/// <summary>Asks tickets what it said of a ticket, for when its message is still on the way.</summary>
public sealed class TicketDirectory(HttpClient http)
{
    /// <param name="job">A number drawn by tickets.</param>
    /// <returns>Null when tickets never drew it.</returns>
    /// <exception cref="ProblemException">503: tickets does not answer, so nobody knows.</exception>
    public Task<TicketSubmitted?> OfJobAsync(long job, CancellationToken ct) => OneAsync($"/internal/jobs/{job}", ct);

    /// <inheritdoc cref="OfJobAsync"/>
    public Task<TicketSubmitted?> OfTicketAsync(long ticket, CancellationToken ct) => OneAsync($"/internal/tickets/{ticket}/submission", ct);

    /// <returns>Those that exist.</returns>
    /// <exception cref="ProblemException">503.</exception>
    public Task<IReadOnlyList<TicketSubmitted>> OfTicketsAsync(IReadOnlyCollection<long> tickets, CancellationToken ct) => AskAsync<IReadOnlyList<TicketSubmitted>>(async () =>
    {
        using var answer = await http.PostAsJsonAsync("/internal/tickets/submissions", new { ticket_ids = tickets }, Json.Options, ct);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<IReadOnlyList<TicketSubmitted>>(Json.Options, ct) ?? [];
    }, ct);

    private Task<TicketSubmitted?> OneAsync(string path, CancellationToken ct) => AskAsync(async () =>
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), ct);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<TicketSubmitted>(Json.Options, ct);
    }, ct);

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken ct)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new ProblemException(Problems.ForStatus(503));
        }
    }
}
