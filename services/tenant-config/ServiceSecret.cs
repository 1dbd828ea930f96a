using System.Text.Json;

namespace Invoicing.Tenants;

/// <summary>What a company uses an outside service with: an account there, or its mailbox. Written and replaced, never shown; only services open it.</summary>
public sealed class ServiceSecret
{
    public const string CaptchaService = "captcha_solving";
    public const string Model = "claude_analysis";
    public const string Vision = "google_vision_ocr";
    public const string Mailbox = "mailbox";

    public required string CompanyId { get; init; }

    /// <summary>One of <see cref="Fields"/>: the feature it belongs to.</summary>
    public required string Name { get; init; }
    public Envelope Secret { get; private set; } = null!;
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>By name: what must be given, and what may.</summary>
    public static IReadOnlyDictionary<string, (string[] Required, string[] Optional)> Fields { get; } = new Dictionary<string, (string[], string[])>
    {
        [CaptchaService] = (["key"], []),
        [Model] = (["key"], []),
        [Vision] = (["key"], []),
        [Mailbox] = (["host", "port", "username", "password"], ["folder"]),
    };

    public Dictionary<string, string> Open(SecretKeys keys) => JsonSerializer.Deserialize<Dictionary<string, string>>(Secret.Open(keys.Read(Secret.KeyId), Place(CompanyId, Name)))!;

    /// <summary>The same secret under another key; the row stays as it is.</summary>
    public Envelope Rewrap(SecretKeys keys, string keyId) => Secret.Rewrap(keys.Read(Secret.KeyId), keyId, keys.Read(keyId), Place(CompanyId, Name));

    public static string[] Place(string companyId, string name) => [companyId, "service_secret", name];
}
