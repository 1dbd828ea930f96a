namespace Invoicing.Portals.Nopalera;

/// <summary>372 shops, many of whose names begin alike and whose numbers may be parts of each other.</summary>
internal static class Shops
{
    private static readonly string[] Cities = ["Monterrey", "Saltillo", "Torreón", "Reynosa", "León", "Querétaro", "Aguascalientes", "Durango", "Tampico", "Celaya", "Irapuato", "San Luis"];

    private static readonly string[] Corners =
    [
        "Centro", "Norte", "Sur", "Las Torres", "La Fe", "San Pedro", "Valle", "Cumbres", "Lomas", "El Roble", "Universidad", "Plaza Real", "Express Norte", "Express Sur", "Tecnológico", "Estadio",
        "Industrial", "Alameda", "Los Pinos", "La Joya", "Mirador", "Paseo", "Arboledas", "Campestre", "Las Quintas", "Hidalgo", "Juárez", "Morelos", "Zaragoza", "Colón", "Obregón",
    ];

    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } =
        [.. Cities.SelectMany((city, i) => Corners.Select((corner, j) => KeyValuePair.Create($"{297 + (((i * Corners.Length) + j) * 9)}", $"Nopalera {city} {corner}")))];

    public static string NameOf(string number) => All.First(shop => shop.Key == number).Value.ToUpperInvariant();

    /// <summary>GET api/stores: the first forty whose line holds the text.</summary>
    public static IResult Suggest(string? texto) => Results.Json(All.Select(shop => new { clave = shop.Key, texto = $"({shop.Key}) {shop.Value}" })
        .Where(shop => shop.texto.Contains(texto ?? "", StringComparison.OrdinalIgnoreCase)).Take(40));
}
