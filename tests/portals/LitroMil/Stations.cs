namespace Invoicing.Portals.LitroMil;

/// <summary>The stations of the chain. Two pairs differ only in a word or a letter, as in real lists.</summary>
internal static class Stations
{
    private static readonly string[] Places =
    [
        "VALLE NORTE", "VALLE NORTE II", "CENTRO", "LAS TORRES", "EL MIRADOR", "SAN JOSE", "SAN JORGE", "LOS PINOS", "ALAMEDA", "LA CRUZ",
        "PERIFERICO SUR", "PERIFERICO NORTE", "FRESNO", "EL ROSARIO", "INDUSTRIAL", "AEROPUERTO", "LAS PALMAS", "SANTA FE", "LA LOMA", "JARDINES",
        "RIO VERDE", "RIO BRAVO", "PUENTE NUEVO", "LA PRESA", "COSTA AZUL", "TECNOLOGICO", "UNIVERSIDAD", "EL CARMEN", "SANTA ROSA", "LA JOYA",
        "MINERALES", "LA HUERTA", "BUENAVISTA", "BELLAVISTA", "EL SAUZ", "LAS AMERICAS", "REFORMA", "INSURGENTES", "MORELOS", "HIDALGO",
    ];

    /// <summary>Code such as E10512 to the name that lists and tickets show.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } =
        [.. Places.Select((place, i) => new KeyValuePair<string, string>($"E{10500 + (i * 3)}", $"E{10500 + (i * 3)} - LITRO MIL {place}"))];

    public static string NameOf(string code) => All.FirstOrDefault(station => station.Key == code).Value ?? code;

    /// <summary>The list's own option values: row numbers of some table, not the stations' codes.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Options => All.Select((station, i) => new KeyValuePair<string, string>($"{101 + i}", station.Value));

    public static string CodeOf(string optionValue) =>
        int.TryParse(optionValue, out var row) && row >= 101 && row < 101 + All.Count ? All[row - 101].Key : "";
}
