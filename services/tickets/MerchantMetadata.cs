using System.Text.Json;

namespace Invoicing.Tickets;

/// <summary>
/// What the catalogue understands of a merchant's metadata; whatever else clients keep there is theirs.
/// <c>window</c>: <c>{hours?, days?, same_month?, days_after_month?, same_year?, wait_minutes?}</c> or a list of these where sources differ, each with
/// the <c>evidence</c> and the date (<c>seen</c>) that people keep with it. <c>labels</c>: <c>{"folio": ["Clave de la cuenta"]}</c>, how this merchant's
/// portal calls ticket data.
/// </summary>
public sealed record MerchantMetadata(
    IReadOnlyList<string> PortalUrls, string? Rfc, IReadOnlyList<string> Aliases, IReadOnlyList<string> RequiredFields, bool HasCaptcha,
    string? Category, IReadOnlyList<Window> Windows, IReadOnlyDictionary<string, IReadOnlyList<string>> Labels, bool BuiltIn = false)
{
    private const int MostLabels = 20;
    private const int LongestLabel = 100;

    public static MerchantMetadata Read(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
        {
            return new([], null, [], [], false, null, [], new Dictionary<string, IReadOnlyList<string>>());
        }

        string[] urls = [.. Text(metadata, "portal_url"), .. Texts(metadata, "portal_urls"), .. Text(metadata, "url")];
        return new(
            [.. urls.Distinct()], Text(metadata, "rfc").FirstOrDefault(), Texts(metadata, "aliases"), Texts(metadata, "required_fields"),
            metadata.TryGetProperty("has_captcha", out var captcha) && captcha.ValueKind == JsonValueKind.True,
            Text(metadata, "category").FirstOrDefault(), metadata.TryGetProperty("window", out var window) ? Window.Read(window) : [], LabelsOf(metadata),
            Text(metadata, "source").FirstOrDefault() == "catalogue");
    }

    private static Dictionary<string, IReadOnlyList<string>> LabelsOf(JsonElement metadata) =>
        metadata.TryGetProperty("labels", out var labels) && labels.ValueKind == JsonValueKind.Object
            ? labels.EnumerateObject().DistinctBy(p => p.Name).Take(MostLabels)
                .Select(p => (p.Name, Labels: (IReadOnlyList<string>)[.. Texts(labels, p.Name).Where(l => l.Length <= LongestLabel).Take(MostLabels)])).Where(p => p.Labels.Count > 0)
                .ToDictionary(p => p.Name, p => p.Labels)
            : [];

    private static string[] Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? [text] : [];

    private static string[] Texts(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!).Where(s => s.Length > 0)]
            : [];
}
