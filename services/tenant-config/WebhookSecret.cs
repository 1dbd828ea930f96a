using System.Security.Cryptography;
using System.Text;

namespace Invoicing.Tenants;

/// <summary>What a company's webhooks are signed with (Standard Webhooks, <c>whsec_</c> and base64). Current -> Replaced, valid for a day more.</summary>
public sealed class WebhookSecret
{
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public required Guid Id { get; init; }
    public required string CompanyId { get; init; }
    public Envelope Secret { get; private set; } = null!;
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null for the current one.</summary>
    public DateTimeOffset? ValidUntil { get; private set; }

    public static (WebhookSecret Row, string Secret) New(string companyId, SecretKeys keys, string keyId, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var envelope = Envelope.Seal(keyId, keys.Read(keyId), Encoding.UTF8.GetBytes(secret), Place(companyId, id));
        return (new WebhookSecret { Id = id, CompanyId = companyId, Secret = envelope, CreatedAt = now }, secret);
    }

    public void Replace(DateTimeOffset now) => ValidUntil = now + Overlap;

    public string Open(SecretKeys keys) => Encoding.UTF8.GetString(Secret.Open(keys.Read(Secret.KeyId), Place(CompanyId, Id)));

    /// <summary>The same secret under another key; the row stays as it is.</summary>
    public Envelope Rewrap(SecretKeys keys, string keyId) =>
        Secret.Rewrap(keys.Read(Secret.KeyId), keyId, keys.Read(keyId), Place(CompanyId, Id));

    private static string[] Place(string companyId, Guid id) => [companyId, "webhook_secret", id.ToString("N")];
}
