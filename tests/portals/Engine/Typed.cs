using System.Globalization;
using System.Text.RegularExpressions;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Engine;

/// <summary>Reads what people type.</summary>
public static partial class Typed
{
    /// <summary>Pesos such as <c>1,234.50</c> or <c>$1234.5</c>; null if it is no amount.</summary>
    public static decimal? Amount(string text) =>
        decimal.TryParse(text.Replace("$", "", StringComparison.Ordinal), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    public static bool LooksLikeRfc(string text) => Rfc().IsMatch(text);

    /// <summary>The first field left blank, by the words of its label; null if none is.</summary>
    public static string? Missing(Visit visit, params ReadOnlySpan<(string Field, string Label)> required)
    {
        foreach (var (field, label) in required)
            if (visit.Field(field).Length == 0) return label;
        return null;
    }

    [GeneratedRegex(@"^[A-ZÑ&]{3,4}\d{6}[A-Z\d]{2}[A\d]$")]
    private static partial Regex Rfc();
}
