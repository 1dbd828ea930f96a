using System.Net;
using System.Net.Http.Json;

namespace Invoicing.BrowserAutomation;

/// <summary>Answer to a lease or a heartbeat.</summary>
public sealed record Lease(DateTimeOffset LeaseUntil, bool Cancel = false);

/// <summary>What worked on a portal before, as jobs keeps it.</summary>
public sealed record StoredRecipe(int Version, string Recipe);

/// <summary>How an attempt fared on a portal.</summary>
/// <param name="Version">Of the recipe that was replayed, null when there was none.</param>
/// <param name="Verdict">held, misled, or none.</param>
/// <param name="Learned">What worked this time; it counts once the invoice is verified. Null when nothing did.</param>
public sealed record RecipeUse(long JobId, int Attempt, int? Version, string Verdict, string? Learned, double Seconds, int PageLoads);

/// <summary>The jobs service as the worker sees it. Null or false: the attempt is stale, stop at once.</summary>
public sealed class JobsClient(HttpClient http)
{
    /// <exception cref="HttpRequestException">jobs does not answer.</exception>
    public Task<Lease?> TakeLeaseAsync(long job, int attempt, string worker, string sessionId, CancellationToken ct) =>
        PostAsync<Lease>($"/internal/jobs/{job}/attempts/{attempt}/lease", new { Worker = worker, SessionId = sessionId }, ct);

    /// <exception cref="HttpRequestException">jobs does not answer.</exception>
    public Task<Lease?> HeartbeatAsync(long job, int attempt, string worker, bool waiting, CancellationToken ct) =>
        PostAsync<Lease>($"/internal/jobs/{job}/attempts/{attempt}/heartbeat", new { Worker = worker, Waiting = waiting }, ct);

    /// <summary>True once it is durable; anything else means that what emits must not be pressed.</summary>
    /// <exception cref="HttpRequestException">jobs does not answer.</exception>
    public async Task<bool> RecordEmissionAsync(long job, int attempt, string url, string receptor, CancellationToken ct)
    {
        using var answer = await http.PostAsJsonAsync($"/internal/jobs/{job}/attempts/{attempt}/emission", new { Url = url, Receptor = receptor }, Json.Options, ct);
        return answer.StatusCode == HttpStatusCode.OK ? true : answer.StatusCode == HttpStatusCode.Conflict ? false : throw new HttpRequestException("emission", null, answer.StatusCode);
    }

    public async Task ReturnAsync(long job, int attempt, string worker, string reason, CancellationToken ct)
    {
        using var answer = await http.PostAsJsonAsync($"/internal/jobs/{job}/attempts/{attempt}/return", new { Worker = worker, Reason = reason }, Json.Options, ct);
    }

    /// <param name="port">On which this process listens: jobs calls it there while a person looks at one of its pages.</param>
    public async Task RegisterAsync(string worker, int slots, int busy, bool draining, int? port, string? address, CancellationToken ct)
    {
        using var answer = await http.PostAsJsonAsync($"/internal/workers/{worker}", new { Slots = slots, Busy = busy, Draining = draining, Port = port, Address = address }, Json.Options, ct);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Null when nothing is known of the portal, or nothing that holds.</summary>
    /// <exception cref="HttpRequestException">jobs does not answer.</exception>
    public async Task<StoredRecipe?> RecipeAsync(string host, CancellationToken ct)
    {
        using var answer = await http.GetAsync($"/internal/portals/{Uri.EscapeDataString(host)}/recipe", ct);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<StoredRecipe>(Json.Options, ct);
    }

    /// <exception cref="HttpRequestException">jobs does not answer.</exception>
    public async Task TellRecipeAsync(string host, RecipeUse use, CancellationToken ct)
    {
        using var answer = await http.PostAsJsonAsync($"/internal/portals/{Uri.EscapeDataString(host)}/recipe/uses", use, Json.Options, ct);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<T?> PostAsync<T>(string path, object body, CancellationToken ct) where T : class
    {
        using var answer = await http.PostAsJsonAsync(path, body, Json.Options, ct);
        if (answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<T>(Json.Options, ct);
    }
}
