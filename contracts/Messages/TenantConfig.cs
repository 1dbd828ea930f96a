using System.Text.Json;
using System.Text.Json.Nodes;

namespace Invoicing.Messages;

// What tenant-config says.

/// <summary>Limits or settings of a tenant changed; caches drop it.</summary>
[Broadcast]
public sealed record TenantChanged(string CompanyId, DateTimeOffset At);

/// <summary>A feature flag changed; <see cref="CompanyId"/> is <c>*</c> for the platform's default.</summary>
[Broadcast]
public sealed record FeatureChanged(string CompanyId, string FeatureName, DateTimeOffset At);

/// <summary>An API key or OAuth client was made, revoked or rotated; caches drop it.</summary>
[Broadcast]
public sealed record CredentialChanged(string CompanyId, string Prefix, DateTimeOffset At);

/// <summary>A company's data from before a time are not kept any longer: each service that has some deletes them and says how many.</summary>
/// <param name="ErasureId">Null when the company's retention time asks, not a person.</param>
/// <param name="Before">Tickets sent before this time, and all that belongs to them.</param>
/// <param name="OpenToo">Open jobs are cancelled for it; otherwise their tickets stay until they ended.</param>
public sealed record ForgetData(string? ErasureId, string CompanyId, DateTimeOffset Before, bool OpenToo, DateTimeOffset At);

/// <summary>What other services may know of a tenant; unknown tenants have the defaults. Served by tenant-config, cached 5 s at most.</summary>
/// <param name="Features">Evaluated flags by name; a name that is missing is on (the replaced system's default).</param>
public sealed record TenantSettings(
    string CompanyId, int MaxConcurrentJobs, int MaxDailyJobs, int StorageQuotaMb, string? WebhookUrl, int CustomTimeoutSeconds, int Weight,
    string DailyLimitPolicy, IReadOnlyDictionary<string, FeatureState> Features)
{
    public bool IsOn(string feature) => !Features.TryGetValue(feature, out var state) || state.Enabled;

    /// <summary>For features that nobody has unless somebody switched them on.</summary>
    public bool IsSwitchedOn(string feature) => Features.TryGetValue(feature, out var state) && state.Enabled;

    /// <summary>A text of the flag's configuration; whatever else operators wrote there is none.</summary>
    public string? Said(string feature, string name) => Configured(feature, name) is { } value && value.TryGetValue<string>(out var text) && text.Length is > 0 and <= 100 ? text : null;

    /// <summary>True where the flag's configuration says <c>true</c>.</summary>
    public bool Asks(string feature, string name) => Configured(feature, name) is { } value && value.TryGetValue<bool>(out var yes) && yes;

    /// <summary>A value of the flag's configuration; null for whatever else operators wrote there.</summary>
    public JsonValue? Configured(string feature, string name)
    {
        try
        {
            return Features.GetValueOrDefault(feature)?.ConfigJson is { } json && JsonNode.Parse(json) is JsonObject config ? config[name] as JsonValue : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <param name="ConfigJson">The flag's configuration as it was stored, null when it has none.</param>
public sealed record FeatureState(bool Enabled, string? Variant, string? ConfigJson);

/// <summary>The receptor's data as SAT knows them; what is typed on portals. Never on the bus: fetched over HTTP by the worker.</summary>
public sealed record FiscalProfileFacts(
    long Id, string CompanyId, string Rfc, string Nombre, string CodigoPostal, string RegimenFiscal, string UsoCfdi, string Correo);
