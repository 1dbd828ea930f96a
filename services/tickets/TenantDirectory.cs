using System.Net;
using System.Net.Http.Json;
using Invoicing.Messages;
using Microsoft.Extensions.Caching.Memory;

namespace Invoicing.Tickets;

/// <summary>What tenant-config tells of tenants, asked over internal HTTP.</summary>
public sealed class TenantDirectory(HttpClient http, IMemoryCache cache, ILogger<TenantDirectory> log)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <summary>
    /// At most 5 s old; while tenant-config does not answer, the last answer, or the defaults of an unknown tenant: accepting a ticket
    /// must not wait for another service.
    /// </summary>
    public async Task<TenantSettings> SettingsAsync(string companyId, CancellationToken ct)
    {
        if (cache.TryGetValue(("fresh", companyId), out TenantSettings? fresh))
        {
            return fresh!;
        }

        try
        {
            var settings = await http.GetFromJsonAsync<TenantSettings>($"/internal/tenants/{Uri.EscapeDataString(companyId)}", Json.Options, ct);
            cache.Set(("fresh", companyId), settings, Fresh);
            cache.Set(("last", companyId), settings, TimeSpan.FromHours(12));
            return settings!;
        }
        catch (Exception e) when (IsAbsence(e, ct))
        {
            log.LogWarning("tenant-config does not answer ({Error}); last known settings of {CompanyId} are used", e.Message, companyId);
            return cache.Set(("fresh", companyId), cache.Get<TenantSettings>(("last", companyId)) ?? Unknown(companyId), Fresh);
        }
    }

    /// <summary>Who the ticket's invoice is for: the named profile or the tenant's default. Null when the tenant has none.</summary>
    /// <exception cref="ProblemException">503: tenant-config does not answer.</exception>
    public async Task<FiscalProfileFacts?> ReceptorAsync(string companyId, long? profileId, CancellationToken ct)
    {
        try
        {
            var id = profileId is { } wanted ? $"?id={wanted}" : "";
            using var response = await http.GetAsync($"/internal/tenants/{Uri.EscapeDataString(companyId)}/fiscal-profile{id}", ct);
            return response.StatusCode == HttpStatusCode.NotFound ? null
                : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<FiscalProfileFacts>(Json.Options, ct);
        }
        catch (Exception e) when (IsAbsence(e, ct))
        {
            log.LogWarning("tenant-config does not answer ({Error})", e.Message);
            throw new ProblemException(Problems.ForStatus(503));
        }
    }

    /// <summary>Whether the tenant has no such profile. False too while tenant-config does not answer: then whoever invoices will see.</summary>
    public async Task<bool> LacksProfileAsync(string companyId, long profileId, CancellationToken ct)
    {
        if (cache.TryGetValue(("profile", companyId, profileId), out _))
        {
            return false;
        }

        try
        {
            if (await ReceptorAsync(companyId, profileId, ct) is null)
            {
                return true;
            }

            cache.Set(("profile", companyId, profileId), true, Fresh);
        }
        catch (ProblemException)
        {
            // Nobody knows.
        }

        return false;
    }

    /// <summary>Tenants whose mailbox is read for them.</summary>
    /// <exception cref="HttpRequestException">tenant-config does not answer.</exception>
    public async Task<IReadOnlyList<KnownMailbox>> MailboxesAsync(CancellationToken ct) =>
        await http.GetFromJsonAsync<IReadOnlyList<KnownMailbox>>("/internal/service-secrets/mailbox", Json.Options, ct) ?? [];

    /// <summary>Null when it was taken away meanwhile.</summary>
    /// <exception cref="HttpRequestException">tenant-config does not answer.</exception>
    public async Task<MailboxAccount?> MailboxAsync(string companyId, CancellationToken ct)
    {
        var values = await ServiceSecretAsync(companyId, "mailbox", ct);
        return values is null ? null : new MailboxAccount(values["host"], int.Parse(values["port"], System.Globalization.CultureInfo.InvariantCulture), values["username"], values["password"], values.GetValueOrDefault("folder"));
    }

    /// <summary>The tenant's account with a service outside; null when it has none.</summary>
    /// <exception cref="HttpRequestException">tenant-config does not answer.</exception>
    public async Task<IReadOnlyDictionary<string, string>?> ServiceSecretAsync(string companyId, string name, CancellationToken ct)
    {
        using var answer = await http.GetAsync($"/internal/tenants/{Uri.EscapeDataString(companyId)}/service-secrets/{name}", ct);
        return answer.StatusCode == HttpStatusCode.NotFound ? null
            : (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Opened>(Json.Options, ct))!.Values;
    }

    private sealed record Opened(IReadOnlyDictionary<string, string> Values);

    private static TenantSettings Unknown(string companyId) =>
        new(companyId, 3, 100, 1000, null, 300, 1, "wait", new Dictionary<string, FeatureState>());

    private static bool IsAbsence(Exception e, CancellationToken ct) =>
        !ct.IsCancellationRequested && e is HttpRequestException or TaskCanceledException or System.Text.Json.JsonException;
}

/// <param name="UpdatedAt">Grows when its account is written anew.</param>
public sealed record KnownMailbox(string CompanyId, DateTimeOffset UpdatedAt);
