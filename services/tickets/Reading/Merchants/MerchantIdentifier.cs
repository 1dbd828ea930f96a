namespace Invoicing.Tickets.Reading;

/// <summary>
/// Whose ticket it is. Signs are asked in the order RFC, name or alias, printed address, QR, and last a name that is nearly there; the first that points to a single merchant
/// decides. A sign that points to several is left to the next ones, which then choose among these only. Null: a person decides.
/// </summary>
public static class MerchantIdentifier
{
    /// <summary>Under this an RFC was read too badly to contradict another sign.</summary>
    private const double SureRfc = .9;

    public static MerchantMatch? Identify(IReadOnlyList<KnownMerchant> merchants, TicketReading reading)
    {
        var rfc = reading.Fields.GetValueOrDefault(FieldNames.RfcEmisor);
        var candidates = merchants;
        foreach (var (how, sign) in Signs(reading, rfc))
        {
            var pointed = sign(candidates);
            if (pointed is [var only])
            {
                return Contradicts(only.Merchant, rfc, how) ? null : new MerchantMatch(only.Merchant.Id, only.Confidence, how);
            }

            candidates = pointed.Count > 1 ? [.. pointed.Select(found => found.Merchant)] : candidates;
        }

        return null;
    }

    private static IEnumerable<(string How, Func<IReadOnlyList<KnownMerchant>, List<Pointed>> Sign)> Signs(TicketReading reading, ReadField? rfc)
    {
        yield return ("rfc", merchants => ByRfc(merchants, rfc));
        yield return ("nombre", merchants => MerchantNames.Match(merchants, reading));
        var printed = reading.Urls.Where(url => url.Method != "qr_code").Select(url => url.Url);
        yield return ("url", merchants => ByHost(merchants, printed, .9));
        var coded = reading.Urls.Where(url => url.Method == "qr_code").Select(url => url.Url);
        yield return ("qr", merchants => ByHost(merchants, coded, .95));
        yield return ("nombre", merchants => MerchantNames.Near(merchants, reading));
    }

    private static List<Pointed> ByRfc(IReadOnlyList<KnownMerchant> merchants, ReadField? rfc)
    {
        if (rfc is null)
        {
            return [];
        }

        var exact = Pointing(merchants, merchant => merchant.Rfc == rfc.Value, .99);
        // The catalogue confirms what the check digit could not: another reading of the same print that is a known merchant's.
        return exact.Count > 0 ? exact : Pointing(merchants, merchant => merchant.Rfc is { } known && (rfc.Alternatives.Contains(known) || LookAlikes.Same(known, rfc.Value)), .93);
    }

    private static List<Pointed> ByHost(IReadOnlyList<KnownMerchant> merchants, IEnumerable<string> urls, double confidence)
    {
        var places = urls.Select(PlaceOf).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Pointing(merchants, merchant => merchant.PortalUrls.Select(PlaceOf).OfType<string>().Any(places.Contains), confidence);
    }

    private static List<Pointed> Pointing(IReadOnlyList<KnownMerchant> merchants, Func<KnownMerchant, bool> points, double confidence) =>
        [.. merchants.Where(points).Select(merchant => new Pointed(merchant, confidence))];

    /// <summary>A sure RFC that is not the merchant's speaks against a name alone; an address of its portal outweighs it (one brand, several companies).</summary>
    private static bool Contradicts(KnownMerchant merchant, ReadField? rfc, string how) =>
        how == "nombre" && merchant.Rfc is { } known && rfc is { Confidence: >= SureRfc } && rfc.Value != known;

    /// <summary>Host with its port where it is not the scheme's own, since portals on one host differ by port; on a platform's host its merchant's folder too.</summary>
    private static string? PlaceOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0
            ? KnownHosts.WithoutWww(uri.Host) + (uri.IsDefaultPort ? "" : ":" + uri.Port) + (KnownHosts.IsShared(uri.Host) ? uri.AbsolutePath.TrimEnd('/').Split('/').ElementAtOrDefault(1) is { Length: > 0 } folder ? "/" + folder : "/" : "")
            : null;
}

/// <summary>A merchant a sign points to, and how surely.</summary>
internal readonly record struct Pointed(KnownMerchant Merchant, double Confidence);
