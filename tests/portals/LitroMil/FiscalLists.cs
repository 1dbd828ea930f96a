using Invoicing.Portals.Engine.Sat;

namespace Invoicing.Portals.LitroMil;

/// <summary>The page's own numbering of SAT's catalogues, with labels in capitals and cut at 40 characters.</summary>
internal static class FiscalLists
{
    public static IEnumerable<KeyValuePair<string, string>> Regimenes => Numbered(SatCatalogs.Regimenes, 1);

    public static IEnumerable<KeyValuePair<string, string>> Usos => Numbered(SatCatalogs.Usos, 50);

    public static string RegimenOf(string value) => KeyOf(SatCatalogs.Regimenes, value, 1);

    public static string UsoOf(string value) => KeyOf(SatCatalogs.Usos, value, 50);

    private static IEnumerable<KeyValuePair<string, string>> Numbered(IReadOnlyDictionary<string, string> catalogue, int first) =>
        catalogue.Select((entry, i) => new KeyValuePair<string, string>($"{first + i}", Cut($"{entry.Key} {entry.Value.ToUpperInvariant()}")));

    private static string KeyOf(IReadOnlyDictionary<string, string> catalogue, string value, int first) =>
        int.TryParse(value, out var number) ? catalogue.Keys.ElementAtOrDefault(number - first) ?? "" : "";

    private static string Cut(string text) => text.Length <= 40 ? text : text[..40];
}
