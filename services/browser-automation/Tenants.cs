using System.Net;
using System.Net.Http.Json;
using Invoicing.Messages;

namespace Invoicing.BrowserAutomation;

/// <summary>An account on a merchant's portal.</summary>
/// <param name="Extra">What else the tenant filed with it; <c>portal_url</c> says where it belongs.</param>
public sealed record PortalCredentials(string Username, string Password, IReadOnlyDictionary<string, string>? Extra = null)
{
    /// <summary>Never the password.</summary>
    public override string ToString() => nameof(PortalCredentials);
}

/// <summary>Fiscal profile and portal accounts of a tenant: over HTTP, never on the bus, never kept.</summary>
public sealed class TenantsClient(HttpClient http)
{
    /// <summary>Null when the tenant has none.</summary>
    /// <param name="id">Null for the default one.</param>
    public Task<FiscalProfileFacts?> FiscalProfileAsync(string companyId, long? id, CancellationToken ct) =>
        GetAsync<FiscalProfileFacts>($"/internal/tenants/{Uri.EscapeDataString(companyId)}/fiscal-profile{(id is null ? "" : $"?id={id}")}", ct);

    public Task<PortalCredentials?> CredentialsAsync(string companyId, long merchantId, CancellationToken ct) =>
        GetAsync<PortalCredentials>($"/internal/tenants/{Uri.EscapeDataString(companyId)}/credentials/{merchantId}", ct);

    /// <summary>What the tenant uses an outside service with; null when it has none.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> ServiceSecretAsync(string companyId, string name, CancellationToken ct) =>
        (await GetAsync<ServiceSecret>($"/internal/tenants/{Uri.EscapeDataString(companyId)}/service-secrets/{name}", ct))?.Values;

    private sealed record ServiceSecret(IReadOnlyDictionary<string, string> Values);

    private async Task<T?> GetAsync<T>(string path, CancellationToken ct) where T : class
    {
        using var answer = await http.GetAsync(path, ct);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<T>(Json.Options, ct);
    }
}
