using System.Text.Json;

namespace Invoicing.Tickets;

/// <summary>
/// What the catalogue understands of a merchant's metadata; whatever else clients keep there is theirs.
/// <c>window</c>: <c>{hours?, days?, same_month?, days_after_month?, wait_minutes?}</c>.
/// </summary>
public sealed record MerchantMetadata(
    IReadOnlyList<string> PortalUrls, string? Rfc, IReadOnlyList<string> Aliases, IReadOnlyList<string> RequiredFields, bool HasCaptcha,
    string? Category, Window? Window, bool BuiltIn = false)
{
    public static MerchantMetadata Read(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
        {
            return new([], null, [], [], false, null, null);
        }

        string[] urls = [.. Text(metadata, "portal_url"), .. Texts(metadata, "portal_urls"), .. Text(metadata, "url")];
        return new(
            [.. urls.Distinct()], Text(metadata, "rfc").FirstOrDefault(), Texts(metadata, "aliases"), Texts(metadata, "required_fields"),
            metadata.TryGetProperty("has_captcha", out var captcha) && captcha.ValueKind == JsonValueKind.True,
            Text(metadata, "category").FirstOrDefault(), metadata.TryGetProperty("window", out var window) ? Window.Read(window) : null,
            Text(metadata, "source").FirstOrDefault() == "catalogue");
    }

    private static string[] Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? [text] : [];

    private static string[] Texts(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!).Where(s => s.Length > 0)]
            : [];
}
