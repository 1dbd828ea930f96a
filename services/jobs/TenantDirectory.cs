using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Invoicing.Messages;

namespace Invoicing.Jobs;

/// <summary>What tenant-config says of a tenant, at most 5 s old; while it cannot be reached, what it said last, else the defaults.</summary>
public sealed class TenantDirectory(HttpClient http, TenantMemory memory, TimeProvider time, ILogger<TenantDirectory> log)
{
    public async Task<TenantSettings> SettingsAsync(string companyId, CancellationToken ct)
    {
        if (memory.Known.TryGetValue(companyId, out var known) && known.Until > time.GetUtcNow())
        {
            return known.Settings;
        }

        var (settings, told) = (known?.Settings ?? TenantMemory.Defaults(companyId), false);
        try
        {
            using var answer = await http.GetAsync($"/internal/tenants/{Uri.EscapeDataString(companyId)}", ct);
            told = answer.IsSuccessStatusCode;
            settings = told ? await answer.Content.ReadFromJsonAsync<TenantSettings>(Json.Options, ct) ?? settings : settings;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            log.LogWarning("tenant-config does not answer ({Error}); going on with what is known of {Company}", e.Message, companyId);
        }

        memory.Known[companyId] = new TenantMemory.Entry(settings, time.GetUtcNow() + TenantMemory.Fresh, told);
        return settings;
    }

    /// <summary>What tenant-config says, at most 5 s old; null while it does not answer, where a guess would do harm.</summary>
    public async Task<TenantSettings?> KnownSettingsAsync(string companyId, CancellationToken ct)
    {
        if (memory.Known.TryGetValue(companyId, out var known) && known.Told && known.Until > time.GetUtcNow())
        {
            return known.Settings;
        }

        if (await AskAsync<TenantSettings>(companyId, "", ct) is not { } settings)
        {
            return null;
        }

        memory.Known[companyId] = new TenantMemory.Entry(settings, time.GetUtcNow() + TenantMemory.Fresh, Told: true);
        return settings;
    }

    /// <summary>What the tenant's webhooks are signed with (<c>whsec_</c> and base64), newest first; null while tenant-config does not answer.</summary>
    public async Task<IReadOnlyList<string>?> WebhookSecretsAsync(string companyId, CancellationToken ct) =>
        (await AskAsync<WebhookSecrets>(companyId, "/webhook-secrets", ct))?.Secrets;

    private async Task<T?> AskAsync<T>(string companyId, string what, CancellationToken ct) where T : class
    {
        try
        {
            return await http.GetFromJsonAsync<T>($"/internal/tenants/{Uri.EscapeDataString(companyId)}{what}", Json.Options, ct);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            log.LogWarning("tenant-config does not answer ({Error})", e.Message);
            return null;
        }
    }

    private sealed record WebhookSecrets(IReadOnlyList<string> Secrets);

    /// <summary>False only when tenant-config says that there is none; the worker finds out by itself while it cannot be reached.</summary>
    public async Task<bool> HasFiscalProfileAsync(string companyId, long? profileId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (memory.Profiles.TryGetValue((companyId, profileId), out var until) && until > now)
        {
            return true;
        }

        try
        {
            using var answer = await http.GetAsync($"/internal/tenants/{Uri.EscapeDataString(companyId)}/fiscal-profile{(profileId is { } id ? $"?id={id}" : "")}", ct);
            if (answer.IsSuccessStatusCode)
            {
                memory.Profiles[(companyId, profileId)] = now + TenantMemory.Fresh;
            }

            return answer.StatusCode != HttpStatusCode.NotFound;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return true;
        }
    }
}

/// <summary>Shared by the short-lived <see cref="TenantDirectory"/> instances.</summary>
public sealed class TenantMemory
{
    public static TimeSpan Fresh { get; } = TimeSpan.FromSeconds(5);

    public ConcurrentDictionary<string, Entry> Known { get; } = new();

    /// <summary>Profiles seen, until when that is believed. A missing one is asked for each time: a person may be adding it now.</summary>
    public ConcurrentDictionary<(string CompanyId, long? ProfileId), DateTimeOffset> Profiles { get; } = new();

    /// <summary>Tenants that are far from this daily limit, until when that is believed.</summary>
    public ConcurrentDictionary<(string CompanyId, int MaxDailyJobs), DateTimeOffset> FarFromLimit { get; } = new();

    public static TenantSettings Defaults(string companyId) => new(companyId, 3, 100, 1000, null, 300, 1, "wait", new Dictionary<string, FeatureState>());

    /// <param name="Told">By tenant-config itself, not assumed while it was away.</param>
    public sealed record Entry(TenantSettings Settings, DateTimeOffset Until, bool Told);
}
