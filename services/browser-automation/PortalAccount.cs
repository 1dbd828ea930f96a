namespace Invoicing.BrowserAutomation;

/// <summary>A tenant's account on a merchant's portal; with another password it is another account.</summary>
/// <param name="Home">host[:port] of the <c>portal_url</c> filed with the credential, null when there is none.</param>
public sealed record PortalAccount(string CompanyId, long MerchantId, string Username, string Password, string? Home)
{
    public static PortalAccount Of(string companyId, long merchantId, PortalCredentials told) => new(
        companyId, merchantId, told.Username, told.Password,
        Uri.TryCreate(told.Extra?.GetValueOrDefault("portal_url"), UriKind.Absolute, out var home) ? home.Authority : null);

    /// <summary>Never the password.</summary>
    public override string ToString() => $"{CompanyId}/{MerchantId}";
}
