using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Invoicing.BrowserAutomation.Captcha;

/// <summary>What the service read, and under which number it takes complaints.</summary>
public sealed record Solved(string Text, long Task);

/// <summary>A service that reads pictures of letters (2Captcha's protocol). It never throws: whoever gets null asks a person.</summary>
public sealed class Solver(HttpClient http, SolverSettings settings, SolverBreaker breaker, TimeProvider time, ILogger<Solver> log)
{
    /// <summary>The flag of the tenant is the caller's matter; here is whether a service is set up and this portal has not tired it.</summary>
    public bool Takes(string host) => settings.Url is { Length: > 0 } && !breaker.IsOpen(host);

    /// <summary>The deployment's own account, for tenants without one; null for none.</summary>
    public string? SharedKey => settings.Key is { Length: > 0 } key ? key : null;

    /// <summary>Null when it did not answer in time, or refused.</summary>
    /// <param name="key">Of the account that pays; goes nowhere but into the body of a request.</param>
    /// <param name="host">host[:port] of the portal, under which time-outs are counted.</param>
    public async Task<Solved?> ReadAsync(string key, string host, byte[] picture, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(settings.Limit);
        try
        {
            var begun = await SayAsync("createTask", new { clientKey = key, task = new { type = "ImageToTextTask", body = Convert.ToBase64String(picture) } }, limit.Token);
            var task = (long?)begun?["taskId"];
            var answer = task is null ? null : await AwaitAsync(key, task.Value, limit.Token);
            breaker.Answered(host);
            return answer is { Length: > 0 and <= 64 } ? new Solved(answer, task!.Value) : null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            breaker.TimedOut(host);
            log.LogWarning("The captcha service did not answer in {Limit} for {Host}", settings.Limit, host);
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException or FormatException)
        {
            log.LogWarning(e, "The captcha service failed for {Host}", host);
            return null;
        }
    }

    /// <summary>The portal did not accept what was read: the service gives the money back.</summary>
    public async Task ComplainAsync(string key, Solved solved, CancellationToken ct)
    {
        try
        {
            await SayAsync("reportIncorrect", new { clientKey = key, taskId = solved.Task }, ct);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException)
        {
            log.LogDebug(e, "A complaint was not taken");
        }
    }

    private async Task<string?> AwaitAsync(string key, long task, CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(settings.Every, time, ct);
            var result = await SayAsync("getTaskResult", new { clientKey = key, taskId = task }, ct);
            if (result is null || (string?)result["status"] != "processing")
            {
                return (string?)result?["solution"]?["text"];
            }
        }
    }

    /// <summary>Null when the service says that it cannot.</summary>
    private async Task<JsonNode?> SayAsync(string what, object body, CancellationToken ct)
    {
        using var answer = await http.PostAsJsonAsync(what, body, JsonSerializerOptions.Web, ct);
        var said = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(ct);
        if ((int?)said?["errorId"] is 0)
        {
            return said;
        }

        log.LogWarning("The captcha service refused {What}: {Code}", what, (string?)said?["errorCode"]);
        return null;
    }
}
