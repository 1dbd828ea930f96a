using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.Messages;

namespace Invoicing.Jobs;

/// <summary>Asks tickets what it said of a ticket, for when its message is still on the way.</summary>
public sealed class TicketDirectory(HttpClient http)
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MostForBulk = TimeSpan.FromSeconds(60);

    /// <summary>Who looks up holds a connection to the database: while tickets is slow, consumers and heartbeats must still find one.</summary>
    private static readonly SemaphoreSlim LookUps = new(6);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <param name="job">A number drawn by tickets.</param>
    /// <returns>Null when tickets never drew it.</returns>
    /// <exception cref="ProblemException">503: tickets does not answer, or is slow and many ask already, so nobody knows.</exception>
    public Task<TicketSubmitted?> OfJobAsync(long job, CancellationToken ct) => FoundAsync<TicketSubmitted>($"/internal/jobs/{job}", ct);

    /// <inheritdoc cref="OfJobAsync"/>
    public Task<TicketSubmitted?> OfTicketAsync(long ticket, CancellationToken ct) => FoundAsync<TicketSubmitted>($"/internal/tickets/{ticket}/submission", ct);

    /// <summary>What the ticket says; null when nothing was read, or tickets cannot be asked.</summary>
    public async Task<string?> TextAsync(long ticket, CancellationToken ct)
    {
        try
        {
            return await FoundAsync<string>($"/internal/tickets/{ticket}/text", ct) is { Length: > 0 } text ? text : null;
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    /// <summary>Whether the tenant sees a merchant of this id.</summary>
    /// <exception cref="ProblemException">503.</exception>
    public Task<bool> KnowsMerchantAsync(long merchant, string company, CancellationToken ct) => LookUpAsync(async limit =>
    {
        using var answer = await http.GetAsync(new Uri($"/internal/merchants/{merchant}?company_id={Uri.EscapeDataString(company)}", UriKind.Relative), limit);
        return answer.StatusCode != HttpStatusCode.NotFound && answer.EnsureSuccessStatusCode().IsSuccessStatusCode;
    }, ct);

    /// <returns>Those that exist.</returns>
    /// <exception cref="ProblemException">503.</exception>
    public Task<IReadOnlyList<TicketSubmitted>> OfTicketsAsync(IReadOnlyCollection<long> tickets, CancellationToken ct) => LookUpAsync<IReadOnlyList<TicketSubmitted>>(async limit =>
    {
        using var answer = await http.PostAsJsonAsync("/internal/tickets/submissions", new { ticket_ids = tickets }, Json.Options, limit);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<IReadOnlyList<TicketSubmitted>>(Json.Options, limit) ?? [];
    }, ct);

    /// <summary>Hands over a part of a batch's items. Repeating it is safe: an item is one ticket.</summary>
    /// <exception cref="ProblemException">503.</exception>
    public Task<IReadOnlyList<BulkItem>> TakeAsync(BulkItems items, CancellationToken ct) => AskAsync(async limit =>
    {
        using var answer = await http.PostAsJsonAsync("/internal/tickets/bulk", items, Json.Options, limit);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<BulkAnswer>(Json.Options, limit))!.Items;
    }, MostForBulk, ct);

    private Task<T?> FoundAsync<T>(string path, CancellationToken ct) where T : class => LookUpAsync(async limit =>
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), limit);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<T>(Json.Options, limit);
    }, ct);

    private static async Task<T> LookUpAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        if (!await LookUps.WaitAsync(Patience, ct))
        {
            throw new ProblemException(Problems.ForStatus(503));
        }

        try
        {
            return await AskAsync(ask, Most, ct);
        }
        finally
        {
            LookUps.Release();
        }
    }

    private static async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan most, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(most);
        try
        {
            return await ask(limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            throw new ProblemException(Problems.ForStatus(503));
        }
    }
}

/// <summary>A part of a batch's items for tickets.</summary>
/// <param name="Priority">For items that name none.</param>
/// <param name="Most">How many may be accepted, null for all.</param>
/// <param name="HoldSeconds">How long their messages wait.</param>
public sealed record BulkItems(string CompanyId, string BatchId, string? Priority, int? Most, double HoldSeconds, IReadOnlyList<BulkEntry> Items);

/// <param name="Index">The item's place in the batch.</param>
public sealed record BulkEntry(int Index, JsonElement Item);

/// <summary>What tickets made of an item: a ticket (<see cref="Submitted"/>), or a refusal (<see cref="Code"/>).</summary>
/// <param name="BatchId">Another batch than the one asked for when the item's key was used there.</param>
public sealed record BulkItem(
    int Index, string? Key, TicketSubmitted? Submitted, string? BatchId, string? Code, string? Detail, IReadOnlyList<FieldProblem>? Errors);

public sealed record BulkAnswer(IReadOnlyList<BulkItem> Items);
