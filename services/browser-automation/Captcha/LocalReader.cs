using System.Net.Http.Json;

namespace Invoicing.BrowserAutomation.Captcha;

/// <summary>The reader of tickets reads simple pictures of letters too: its models are there already. It never throws: whoever gets null asks a person.</summary>
public sealed class LocalReader(HttpClient http, ILogger<LocalReader> log)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private sealed record Reading(string? Text);

    /// <summary>Null when it is not sure.</summary>
    public async Task<string?> ReadAsync(byte[] picture, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            using var body = new ByteArrayContent(picture);
            using var answer = await http.PostAsync("/internal/captcha", body, limit.Token);
            return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Reading>(Json.Options, limit.Token))?.Text;
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            log.LogWarning("The reader did not read a captcha: {Error}", e.GetType().Name);
            return null;
        }
    }
}
