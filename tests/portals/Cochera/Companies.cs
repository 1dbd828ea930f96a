using System.Text.Json;

namespace Invoicing.Portals.Cochera;

/// <summary>Thirty companies as tickets print them; the list on the page puts the number last and orders by name.</summary>
internal static class Companies
{
    private static readonly string[] Places = ["REFORMA", "REFORMA NORTE", "CENTRO", "CENTRO MEDICO", "INSURGENTES", "INSURGENTES SUR", "PLAZA SOL", "PLAZA LUNA", "AEROPUERTO T1", "AEROPUERTO T2"];
    private static readonly string[] Kinds = ["COCHERA", "ESTACIONAMIENTO", "PARKING"];

    public static IReadOnlyList<string> All { get; } =
        [.. Kinds.SelectMany((kind, i) => Places.Select((place, j) => $"{(i * 10) + (j * 7 % 10) + 11:000} {kind} {place}"))];

    /// <summary>For the page's script: the platform's own value and what is shown.</summary>
    public static string Json { get; } = JsonSerializer.Serialize(All.OrderBy(company => company[4..], StringComparer.Ordinal).Select(company => new { v = ValueOf(company), t = $"{company[4..]} ({company[..3]})" }));

    public static string ValueOf(string company) => $"cmp-{(int.Parse(company[..3], System.Globalization.CultureInfo.InvariantCulture) * 37) + 5}";
}
