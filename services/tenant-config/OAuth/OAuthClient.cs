using System.Text.Json;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Invoicing.Tenants.OAuth;

/// <summary>An OAuth client and whom it speaks for. An API key is one too: its id and its secret are the client's.</summary>
public static class OAuthClient
{
    private const string CompanyId = "company_id";
    private const string RoleName = "role";

    /// <param name="companyId">Null for the platform's own clients.</param>
    public static OpenIddictApplicationDescriptor Describe(string clientId, string secret, string name, string? companyId, Role role)
    {
        var client = new OpenIddictApplicationDescriptor { ClientId = clientId, ClientSecret = secret, ClientType = ClientTypes.Confidential, DisplayName = name };
        client.Permissions.Add(Permissions.Endpoints.Token);
        client.Permissions.Add(Permissions.GrantTypes.ClientCredentials);
        client.Properties[RoleName] = JsonSerializer.SerializeToElement(role.ToString());
        if (companyId is not null)
        {
            client.Properties[CompanyId] = JsonSerializer.SerializeToElement(companyId);
        }

        return client;
    }

    public static async Task<(string? CompanyId, string Role)> SpeaksForAsync(this IOpenIddictApplicationManager clients, object client, CancellationToken ct)
    {
        var properties = await clients.GetPropertiesAsync(client, ct);
        return (properties.TryGetValue(CompanyId, out var company) ? company.GetString() : null, properties[RoleName].GetString()!);
    }
}
