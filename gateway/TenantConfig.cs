using System.Net;
using System.Security.Cryptography;
using System.Text;
using Invoicing.Messages;
using ZiggyCreatures.Caching.Fusion;

namespace Invoicing.Gateway;

/// <summary>
/// What the gateway asks tenant-config: whose an API key is, and how a tenant is set up. Credentials are kept for 4 s at most, settings for
/// 10 s; some time before, the next request has them asked for again behind its back, so that hardly any request waits and none asks what
/// another is asking.
/// </summary>
public sealed class TenantConfig(HttpClient http, IFusionCache cache)
{
    public static FusionCacheEntryOptions Kept => new(TimeSpan.FromSeconds(4)) { EagerRefreshThreshold = 0.75f, Size = 1 };

    /// <summary>A flag may take 30 s to be seen everywhere, a revoked key 5 s.</summary>
    private static readonly FusionCacheEntryOptions Settings = new(TimeSpan.FromSeconds(10)) { EagerRefreshThreshold = 0.5f, Size = 1 };

    public sealed record ApiKey(string KeyId, string CompanyId, Role Role, string Name);

    private sealed record Resolve(string Key);

    private sealed record Resolved(string KeyId, string CompanyId, string Role, string Name);

    /// <summary>Null when the key is unknown or revoked.</summary>
    /// <exception cref="HttpRequestException">tenant-config does not answer.</exception>
    public ValueTask<ApiKey?> ResolveAsync(string key, CancellationToken ct) => cache.GetOrSetAsync<ApiKey?>($"key {Digest(key)}", async (_, ct) =>
    {
        using var response = await http.PostAsJsonAsync("/internal/api-keys/resolve", new Resolve(key), Json.Options, ct);
        if (response.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }

        var found = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Resolved>(Json.Options, ct);
        return found is not null && Enum.TryParse<Role>(found.Role, out var role) ? new ApiKey(found.KeyId, found.CompanyId, role, found.Name) : null;
    }, token: ct);

    /// <summary>False when an OAuth client is gone: its key was revoked.</summary>
    /// <exception cref="HttpRequestException">tenant-config does not answer.</exception>
    public ValueTask<bool> HasClientAsync(string clientId, CancellationToken ct) => cache.GetOrSetAsync<bool>($"client {Digest(clientId)}", async (_, ct) =>
    {
        using var response = await http.GetAsync(new Uri($"/internal/oauth-clients/{Uri.EscapeDataString(clientId)}", UriKind.Relative), ct);
        return response.StatusCode is not HttpStatusCode.NotFound && response.EnsureSuccessStatusCode().IsSuccessStatusCode;
    }, token: ct);

    /// <exception cref="HttpRequestException">tenant-config does not answer.</exception>
    public ValueTask<TenantSettings?> SettingsAsync(string companyId, CancellationToken ct) => cache.GetOrSetAsync<TenantSettings?>($"tenant {Digest(companyId)}", async (_, ct) =>
        await http.GetFromJsonAsync<TenantSettings>($"/internal/tenants/{Uri.EscapeDataString(companyId)}", Json.Options, ct), Settings, token: ct);

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

    /// <summary>The cache writes its keys into logs.</summary>
    internal static string Digest(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
