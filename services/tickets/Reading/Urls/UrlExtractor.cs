using System.Text.RegularExpressions;

namespace Invoicing.Tickets.Reading;

/// <summary>Addresses printed on a ticket or carried by its QR, told apart by what the ticket says about them. A pure function.</summary>
public static partial class UrlExtractor
{
    private const int MaxUrls = 20;

    /// <summary>Best invoicing address first. Surveys, social networks and the SAT's own pages never come out as portals.</summary>
    public static IReadOnlyList<ReadUrl> Extract(IReadOnlyList<TextRow> rows, IReadOnlyList<ReadCode> codes)
    {
        var printed = UrlRows.In(rows).Select(UrlClassifier.Printed).OfType<ReadUrl>().ToList();
        var coded = codes.Where(code => code.Format == "QR" && IsWeb(code.Text)).Select(code => UrlClassifier.Coded(code.Text, rows, printed));
        return [.. printed.Concat(coded)
            .OfType<ReadUrl>()
            .OrderByDescending(url => url.IsPortal).ThenByDescending(url => url.Confidence)
            .DistinctBy(url => url.Url.TrimEnd('/'), StringComparer.OrdinalIgnoreCase)
            .Take(MaxUrls)];
    }

    /// <summary>Text of any origin, a line a row.</summary>
    public static IReadOnlyList<ReadUrl> Extract(string text) =>
        Extract(TypedRows.Of(text), []);

    private static bool IsWeb(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
