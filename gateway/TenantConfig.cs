using System.Net;
using Invoicing.Messages;
using Microsoft.Extensions.Caching.Memory;

namespace Invoicing.Gateway;

/// <summary>What the gateway asks tenant-config: whose an API key is, and how a tenant is set up. Answers are kept for 3 s at most.</summary>
public sealed class TenantConfig(HttpClient http, IMemoryCache cache)
{
    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(3);

    public sealed record ApiKey(string KeyId, string CompanyId, Role Role, string Name);

    private sealed record Resolve(string Key);

    private sealed record Resolved(string KeyId, string CompanyId, string Role, string Name);

    /// <summary>Null when the key is unknown or revoked.</summary>
    /// <exception cref="HttpRequestException">tenant-config does not answer.</exception>
    public Task<ApiKey?> ResolveAsync(string key, CancellationToken ct) => CachedAsync(("key", key), async () =>
    {
        using var response = await http.PostAsJsonAsync("/internal/api-keys/resolve", new Resolve(key), Json.Options, ct);
        if (response.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }

        var found = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Resolved>(Json.Options, ct);
        return found is not null && Enum.TryParse<Role>(found.Role, out var role) ? new ApiKey(found.KeyId, found.CompanyId, role, found.Name) : null;
    });

    /// <summary>False when an OAuth client is gone: its key was revoked.</summary>
    /// <exception cref="HttpRequestException">tenant-config does not answer.</exception>
    public Task<bool> HasClientAsync(string clientId, CancellationToken ct) => CachedAsync(("client", clientId), async () =>
    {
        using var response = await http.GetAsync(new Uri($"/internal/oauth-clients/{Uri.EscapeDataString(clientId)}", UriKind.Relative), ct);
        return response.StatusCode is not HttpStatusCode.NotFound && response.EnsureSuccessStatusCode().IsSuccessStatusCode;
    });

    /// <exception cref="HttpRequestException">tenant-config does not answer.</exception>
    public Task<TenantSettings?> SettingsAsync(string companyId, CancellationToken ct) => CachedAsync(("tenant", companyId), () =>
        http.GetFromJsonAsync<TenantSettings>($"/internal/tenants/{Uri.EscapeDataString(companyId)}", Json.Options, ct));

    /// <summary>Takes up to <paramref name="want"/> requests out of the window that all gateways share.</summary>
    /// <exception cref="HttpRequestException">tenant-config does not answer.</exception>
    public async Task<RateLease> LeaseAsync(string bucket, RatePolicy policy, int want, CancellationToken ct)
    {
        using var response = await http.PostAsJsonAsync(
            "/internal/rate-windows/lease", new { bucket, policy = policy.Name, policy.Quota, policy.WindowSeconds, want }, Json.Options, ct);
        return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<RateLease>(Json.Options, ct) ?? throw new HttpRequestException("Empty lease");
    }

    /// <param name="Remaining">What the window still has for anybody.</param>
    public sealed record RateLease(int Granted, int Remaining, DateTimeOffset ResetsAt);

    /// <summary>The public keys of access tokens, as JSON Web Key Set text.</summary>
    public Task<string> KeysAsync(CancellationToken ct) => http.GetStringAsync("/.well-known/jwks.json", ct);

    private async Task<T?> CachedAsync<T>(object key, Func<Task<T?>> ask)
    {
        if (!cache.TryGetValue(key, out T? value))
        {
            value = await ask();
            cache.Set(key, value, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Keep, Size = 1 });
        }

        return value;
    }
}
