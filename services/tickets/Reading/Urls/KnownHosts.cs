namespace Invoicing.Tickets.Reading;

/// <summary>Hosts of invoicing portals seen in the field, and whose they are (Knowledge/merchants.json).</summary>
public static class KnownHosts
{
    /// <summary>Host without port to brand; null for one that several merchants share.</summary>
    public static IReadOnlyDictionary<string, string?> Brands { get; } = KnownMerchants.All
        .SelectMany(entry => entry.Hosts.Select(host => (Host: host.Split(':')[0], Brand: entry.IsPlatform ? null : entry.Name.ToUpperInvariant())))
        .GroupBy(entry => entry.Host, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(same => same.Key, same => same.Select(entry => entry.Brand).Distinct().ToList() is [var only] ? only : null, StringComparer.OrdinalIgnoreCase);

    /// <summary>Brand of a host, null when unknown or shared.</summary>
    public static string? BrandOf(string host) => Brands.GetValueOrDefault(host) ?? Brands.GetValueOrDefault(WithoutWww(host));

    public static bool Knows(string host) => Brands.ContainsKey(host) || Brands.ContainsKey(WithoutWww(host));

    /// <summary>True for the host of a platform that many merchants use: it says nothing of whose ticket it is.</summary>
    public static bool IsShared(string host) => (Brands.TryGetValue(host, out var brand) || Brands.TryGetValue(WithoutWww(host), out brand)) && brand is null;

    /// <summary>The platform whose host this is, or whose subdomain: some give each of their merchants one.</summary>
    public static FieldEntry? PlatformOf(Uri portal) => KnownMerchants.All.FirstOrDefault(entry => entry.IsPlatform && entry.Hosts.Any(host =>
        string.Equals(portal.Host, host, StringComparison.OrdinalIgnoreCase) || portal.Host.EndsWith('.' + host, StringComparison.OrdinalIgnoreCase)));

    internal static string WithoutWww(string host) => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
}
