using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Invoicing.Client;

/// <summary>Signs each request: the API key, or an access token of the OAuth 2 client credentials grant, taken anew shortly before it ends or once it is refused.</summary>
internal sealed class Credentials(InvoicingOptions options) : DelegatingHandler
{
    private readonly SemaphoreSlim one = new(1);
    private AccessToken? current;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (options.ClientId is null)
        {
            request.Headers.Authorization = options.ApiKey is null ? null : new AuthenticationHeaderValue("Bearer", options.ApiKey);
            return await base.SendAsync(request, ct);
        }

        var token = await TokenAsync(refused: null, ct);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var answer = await base.SendAsync(request, ct);
        if (answer.StatusCode != HttpStatusCode.Unauthorized)
        {
            return answer;
        }

        answer.Dispose();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(refused: token, ct));
        return await base.SendAsync(request, ct);
    }

    private async Task<string> TokenAsync(string? refused, CancellationToken ct)
    {
        await one.WaitAsync(ct);
        try
        {
            var now = TimeProvider.System.GetUtcNow();
            if (current is null || current.Value == refused || current.EndsAt - TimeSpan.FromSeconds(30) <= now)
            {
                current = await AskAsync(now, ct);
            }

            return current.Value;
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<AccessToken> AskAsync(DateTimeOffset now, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Address, "/connect/token"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials", ["client_id"] = options.ClientId!, ["client_secret"] = options.ClientSecret ?? "",
            }),
        };
        using var answer = await base.SendAsync(request, ct);
        if (!answer.IsSuccessStatusCode)
        {
            throw new ApiException(answer.StatusCode, new Problem(null, null, (int)answer.StatusCode, "El servidor no aceptó el cliente OAuth o su secreto.", null, "invalid_client", null));
        }

        var told = await answer.Content.ReadFromJsonAsync<TokenAnswer>(Transport.Json, ct) ?? throw new HttpRequestException("The token endpoint answered nothing.");
        return new AccessToken(told.AccessToken, now.AddSeconds(told.ExpiresIn));
    }

    protected override void Dispose(bool disposing)
    {
        one.Dispose();
        base.Dispose(disposing);
    }

    private sealed record AccessToken(string Value, DateTimeOffset EndsAt);

    private sealed record TokenAnswer(string AccessToken, int ExpiresIn);
}
