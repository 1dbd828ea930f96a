using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Invoicing.Tenants;

/// <param name="Weight">Share against the other variants' weights; 0 takes no new company.</param>
/// <param name="Config">Wins over the flag's own configuration.</param>
public sealed record FeatureVariant(
    [property: Required(ErrorMessage = "El nombre de la variante es obligatorio."), StringLength(100, ErrorMessage = "El nombre de la variante tiene a lo más 100 caracteres.")]
    string Name,
    [property: Range(0, 1000, ErrorMessage = "El peso de una variante va de 0 a 1000.")]
    int Weight,
    JsonObject? Config = null)
{
    /// <summary>Empty for anything that is not such a list: the column is open to operators' SQL.</summary>
    public static IReadOnlyList<FeatureVariant> Parse(string? json)
    {
        try
        {
            var variants = json is null ? null : JsonSerializer.Deserialize<List<FeatureVariant>>(json, Json.Options);
            return variants?.Where(v => v?.Name is { Length: > 0 }).ToList() ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
