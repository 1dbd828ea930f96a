namespace Invoicing.Tenants;

/// <summary>How a company signs in on a merchant's portal. Written and replaced, never shown; only workers open it.</summary>
public sealed class PortalCredential
{
    public required string CompanyId { get; init; }
    public required long MerchantId { get; init; }
    public Envelope Secret { get; private set; } = null!;
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; private set; }

    public byte[] Open(SecretKeys keys) => Secret.Open(keys.Read(Secret.KeyId), Place(CompanyId, MerchantId));

    /// <summary>The same secret under another key; the row stays as it is.</summary>
    public Envelope Rewrap(SecretKeys keys, string keyId) =>
        Secret.Rewrap(keys.Read(Secret.KeyId), keyId, keys.Read(keyId), Place(CompanyId, MerchantId));

    public static string[] Place(string companyId, long merchantId) =>
        [companyId, "portal_credential", merchantId.ToString(System.Globalization.CultureInfo.InvariantCulture)];
}
