using System.Text.Json;

namespace Invoicing.Tickets.Reading;

/// <summary>Hosts of invoicing portals seen in the field, and whose they are (Knowledge/portal-hosts.json).</summary>
public static class KnownHosts
{
    /// <summary>Host without www. to brand; null for a platform that serves many merchants.</summary>
    public static IReadOnlyDictionary<string, string?> Brands { get; } = Load();

    /// <summary>Brand of a host, null when unknown or a platform.</summary>
    public static string? BrandOf(string host) => Brands.GetValueOrDefault(host) ?? Brands.GetValueOrDefault(WithoutWww(host));

    public static bool Knows(string host) => Brands.ContainsKey(host) || Brands.ContainsKey(WithoutWww(host));

    internal static string WithoutWww(string host) => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;

    private static Dictionary<string, string?> Load()
    {
        using var stream = typeof(KnownHosts).Assembly.GetManifestResourceStream("portal-hosts.json")
            ?? throw new InvalidOperationException("portal-hosts.json is not embedded: the project does not import Reading/OcrModels.targets.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.GetProperty("hosts").EnumerateArray().ToDictionary(
            entry => entry.GetProperty("host").GetString()!, entry => entry.GetProperty("brand").GetString(), StringComparer.OrdinalIgnoreCase);
    }
}
