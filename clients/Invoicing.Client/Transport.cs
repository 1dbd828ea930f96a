using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Invoicing.Client;

/// <summary>One request to the API and its answer or its no.</summary>
internal sealed partial class Transport(HttpClient http, string? companyId)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public async Task<T> GetAsync<T>(string path, CancellationToken ct)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, null, ct);
        return await BodyAsync<T>(answer, ct);
    }

    public Task<T> PostAsync<T>(string path, object? body, CancellationToken ct) =>
        PostAsync<T>(path, body is null ? null : JsonContent.Create(body, body.GetType(), options: Json), idempotencyKey: null, ct);

    /// <param name="idempotencyKey">The caller's own; without one each call has a fresh one, which its retries share.</param>
    public async Task<T> PostAsync<T>(string path, HttpContent? content, string? idempotencyKey, CancellationToken ct)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, content, ct, r => r.Headers.Add("Idempotency-Key", idempotencyKey ?? Guid.NewGuid().ToString()));
        return await BodyAsync<T>(answer, ct);
    }

    /// <param name="etag">Sent as If-Match when given.</param>
    public async Task<T> PutAsync<T>(string path, object body, string? etag, CancellationToken ct)
    {
        using var answer = await SendAsync(HttpMethod.Put, path, JsonContent.Create(body, body.GetType(), options: Json), ct, r =>
        {
            if (etag is not null)
            {
                r.Headers.TryAddWithoutValidation("If-Match", etag);
            }
        });
        return await BodyAsync<T>(answer, ct);
    }

    public async Task DeleteAsync(string path, CancellationToken ct) => (await SendAsync(HttpMethod.Delete, path, null, ct)).Dispose();

    /// <summary>All rows of a list, page after page along <c>Link: rel="next"</c>.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(string path, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var next = path; next is not null;)
        {
            using var answer = await SendAsync(HttpMethod.Get, next, null, ct);
            foreach (var row in await BodyAsync<List<T>>(answer, ct))
            {
                yield return row;
            }

            next = Next(answer);
        }
    }

    /// <summary>The answer, its body not read yet. The caller disposes of it.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken ct, Action<HttpRequestMessage>? more = null)
    {
        using var request = new HttpRequestMessage(method, ForCompany(path)) { Content = content };
        more?.Invoke(request);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw new ApiException(answer.StatusCode, await ProblemAsync(answer, ct));
        }
    }

    public static async ValueTask<bool> IsInProgressAsync(HttpResponseMessage? answer)
    {
        if (answer?.StatusCode != HttpStatusCode.Conflict)
        {
            return false;
        }

        await answer.Content.LoadIntoBufferAsync();
        return (await ProblemAsync(answer, CancellationToken.None)).Code == "idempotency_in_progress";
    }

    private string ForCompany(string path)
    {
        // What the server linked to already names the company.
        if (companyId is null || path.Contains("company_id=", StringComparison.Ordinal))
        {
            return path;
        }

        return $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}company_id={Uri.EscapeDataString(companyId)}";
    }

    private static async Task<T> BodyAsync<T>(HttpResponseMessage answer, CancellationToken ct) =>
        await answer.Content.ReadFromJsonAsync<T>(Json, ct) ?? throw new HttpRequestException("The API answered null.");

    private static async Task<Problem> ProblemAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<Problem>(Json, ct) ?? Unknown(answer);
        }
        catch (JsonException)
        {
            // Something between here and the API answered in its own words.
            return Unknown(answer);
        }
    }

    private static Problem Unknown(HttpResponseMessage answer) => new(null, answer.ReasonPhrase, (int)answer.StatusCode, null, null, null, null);

    private static string? Next(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Link", out var links) && NextLink().Match(string.Join(", ", links)) is { Success: true } next ? next.Groups["target"].Value : null;

    [GeneratedRegex("<(?<target>[^>]*)>\\s*;[^<]*rel=\"?next\"?")]
    private static partial Regex NextLink();
}
