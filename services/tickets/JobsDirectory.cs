using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;

namespace Invoicing.Tickets;

/// <summary>A ticket's jobs as the jobs service shows them, passed on as they are.</summary>
public sealed record Automation(JsonElement? Job, IReadOnlyList<JsonElement> Jobs, IReadOnlyList<JsonElement> Steps, JsonElement? Summary)
{
    public static readonly Automation None = new(null, [], [], null);
}

/// <summary>Asks the jobs service for what it shows of tickets. Its absence leaves lists empty; tickets are shown all the same.</summary>
public sealed class JobsDirectory(HttpClient http, IMemoryCache cache, ILogger<JobsDirectory> log)
{
    private const string Absent = "jobs is absent";

    public async Task<Automation> OfAsync(long ticketId, CancellationToken ct) =>
        await AskAsync(() => http.GetFromJsonAsync<Automation>($"/internal/tickets/{ticketId}/automation", Json.Options, ct), ct) is { } found ? Whole(found) : Automation.None;

    public async Task<IReadOnlyDictionary<string, Automation>> OfAsync(IReadOnlyCollection<long> ticketIds, CancellationToken ct)
    {
        if (ticketIds.Count == 0)
        {
            return new Dictionary<string, Automation>();
        }

        var found = await AskAsync(async () =>
        {
            using var response = await http.PostAsJsonAsync("/internal/tickets/automation", new { ticket_ids = ticketIds }, Json.Options, ct);
            return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Dictionary<string, Automation>>(Json.Options, ct);
        }, ct);
        return (found ?? []).ToDictionary(f => f.Key, f => Whole(f.Value));
    }

    /// <summary>After a failure nobody waits for the next one: for two seconds jobs is taken as absent.</summary>
    private async Task<T?> AskAsync<T>(Func<Task<T?>> ask, CancellationToken ct) where T : class
    {
        if (cache.TryGetValue(Absent, out _))
        {
            return null;
        }

        try
        {
            return await ask();
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or TaskCanceledException or JsonException)
        {
            log.LogWarning("jobs does not answer ({Error}); tickets are shown without their jobs", e.Message);
            cache.Set(Absent, true, TimeSpan.FromSeconds(2));
            return null;
        }
    }

    private static Automation Whole(Automation a) => a with { Jobs = a.Jobs ?? [], Steps = a.Steps ?? [] };
}
