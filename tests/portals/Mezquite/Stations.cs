namespace Invoicing.Portals.Mezquite;

/// <summary>The 120 stations. MEZQUITE NORTE and MEZQUITE NORTE I differ in one letter, as in real lists.</summary>
internal static class Stations
{
    private const int ShownAtOnce = 25;

    private static readonly string[] Places = ["NORTE", "NORTE I", "SUR", "CENTRO", "ORIENTE", "PONIENTE", "LA CIMA", "EL LLANO", "SAN MARCOS", "SAN MATEO", "LA VEGA", "EL ALTO"];
    private static readonly string[] Towns = ["MEZQUITE", "HUIZACHE", "NOPALERA", "PALO VERDE", "BIZNAGA", "OCOTILLO", "MAGUEY", "YUCA", "PIRUL", "ENCINO"];

    /// <summary>Code such as E12430 to the text that the combo shows.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } =
        [.. Towns.SelectMany(town => Places.Select(place => $"{town} {place}"))
            .Select((name, i) => KeyValuePair.Create($"E{12430 + (7 * i)}", $"E{12430 + (7 * i)} - {name}"))];

    public static string NameOf(string code) => All.FirstOrDefault(station => station.Key == code).Value ?? code;

    /// <summary>GET estaciones.ashx: the items for what was typed so far; the value is a row number, not the code.</summary>
    public static IResult Suggest(string? texto) => Results.Json(All
        .Select((station, row) => new { value = $"{row + 1}", text = station.Value })
        .Where(item => item.text.Contains(texto ?? "", StringComparison.OrdinalIgnoreCase))
        .Take(ShownAtOnce));

    /// <summary>The code behind a row number; empty if there is none.</summary>
    public static string CodeOf(string row) => int.TryParse(row, out var number) && number >= 1 && number <= All.Count ? All[number - 1].Key : "";
}
