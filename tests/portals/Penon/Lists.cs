using System.Globalization;
using Invoicing.Portals.Engine.Sat;

namespace Invoicing.Portals.Penon;

/// <summary>The station's own numbers for SAT's catalogues; the pages show SAT's text without its key, the first entry chosen.</summary>
internal static class Lists
{
    public static string Regimenes { get; } = Html(SatCatalogs.Regimenes);

    public static string Usos { get; } = Html(SatCatalogs.Usos);

    public static string Regimen(string number) => KeyOf(SatCatalogs.Regimenes, number);

    public static string Uso(string number) => KeyOf(SatCatalogs.Usos, number);

    private static string KeyOf(IReadOnlyDictionary<string, string> catalogue, string number) =>
        int.TryParse(number, CultureInfo.InvariantCulture, out var at) && Ordered(catalogue).ElementAtOrDefault((at - 4) / 3).Key is { } key ? key : "";

    private static string Html(IReadOnlyDictionary<string, string> catalogue) => string.Concat(Ordered(catalogue)
        .Select((entry, i) => $"<option value=\"{4 + (i * 3)}\">{System.Text.Encodings.Web.HtmlEncoder.Default.Encode(entry.Value)}</option>"));

    private static IEnumerable<KeyValuePair<string, string>> Ordered(IReadOnlyDictionary<string, string> catalogue) => catalogue.OrderBy(entry => entry.Value, StringComparer.Ordinal);
}
