using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Invoicing.Jobs;

/// <summary>The worker process that keeps a page open for a person, called at its own address: no balancer stands between.</summary>
public sealed class LiveWorkers(HttpClient http)
{
    private const int MostPicture = 4 << 20;

    /// <summary>Null when nothing tells where it is.</summary>
    /// <param name="named">By the worker's own setting.</param>
    /// <param name="from">Where its report came from.</param>
    public static string? AddressOf(string? named, IPAddress? from, int? port)
    {
        if (named is not null)
        {
            return named.Length <= 200 && Uri.TryCreate(named, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 ? uri.GetLeftPart(UriPartial.Authority) : null;
        }

        return from is null || port is null ? null : $"http://{new IPEndPoint(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from, port.Value)}";
    }

    /// <summary>The picture, or only its status: 304 when it is the one the caller has, 404 when the worker keeps no such page.</summary>
    /// <exception cref="ProblemException">503: the worker does not answer.</exception>
    public Task<LivePicture> PictureAsync(string worker, string intervention, string companyId, EntityTagHeaderValue? known, CancellationToken ct) => AskAsync(async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, PathOf(worker, intervention, "", companyId));
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (!answer.IsSuccessStatusCode && answer.StatusCode is not (HttpStatusCode.NotModified or HttpStatusCode.NotFound or HttpStatusCode.Conflict))
        {
            throw new HttpRequestException("live", null, answer.StatusCode);
        }

        await answer.Content.LoadIntoBufferAsync(MostPicture, ct);
        return new LivePicture(answer.StatusCode, answer.Headers.ETag?.ToString(), answer.Headers.TryGetValues(LivePicture.PageHeader, out var page) ? page.First() : null, await answer.Content.ReadAsByteArrayAsync(ct));
    }, ct);

    /// <summary>Null when the worker keeps no such page.</summary>
    /// <exception cref="ProblemException">503: the worker does not answer; nobody knows whether it was done.</exception>
    public Task<LiveAnswer?> InputAsync(string worker, string intervention, string companyId, object input, CancellationToken ct) => AskAsync(async () =>
    {
        using var answer = await http.PostAsJsonAsync(PathOf(worker, intervention, "/input", companyId), input, Json.Options, ct);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<LiveAnswer>(Json.Options, ct);
    }, ct);

    private static Uri PathOf(string worker, string intervention, string rest, string companyId) =>
        new($"{worker}/internal/live/{Uri.EscapeDataString(intervention)}{rest}?company_id={Uri.EscapeDataString(companyId)}");

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken ct)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Text.Json.JsonException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            throw new ProblemException(new Problem(503, "worker_unreachable", "El navegador que tiene abierta la página no responde. Intente de nuevo."));
        }
    }
}

/// <param name="Page">Address of the page on show, without its query.</param>
public sealed record LivePicture(HttpStatusCode Status, string? ETag, string? Page, byte[] Jpeg)
{
    public const string PageHeader = "X-Live-Page";
}

/// <param name="Code">Null when it was done; otherwise why it was not, with a Spanish sentence.</param>
public sealed record LiveAnswer(string? Code, string? Detail, string? Page);
