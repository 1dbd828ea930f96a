namespace Invoicing.Portals.GasGo;

/// <summary>584 stations, of which every fortieth does not take part in invoicing.</summary>
internal static class Stations
{
    private static readonly string[] Streets = ["CONSTITUCION", "CHURUBUSCO", "LINCOLN", "GONZALITOS", "UNIVERSIDAD", "ELOY CAVAZOS", "GARZA SADA", "MIGUEL ALEMAN"];

    /// <summary>Code such as GG0107 to the text of the list.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } =
        [.. Enumerable.Range(1, 584).Select(i => KeyValuePair.Create($"GG{i:0000}", $"GG{i:0000} {Streets[i % Streets.Length]} {(i / Streets.Length) + 1}"))];

    public static IReadOnlyList<KeyValuePair<string, string>> Taking { get; } = [.. All.Where(station => TakesPart(station.Key))];

    public static string NameOf(string code) => All.FirstOrDefault(station => station.Key == code).Value ?? code;

    public static bool TakesPart(string code) => All.Any(station => station.Key == code) && int.Parse(code[2..], System.Globalization.CultureInfo.InvariantCulture) % 40 != 0;
}
