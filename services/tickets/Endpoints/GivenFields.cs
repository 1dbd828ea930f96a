using System.Globalization;
using System.Text.Json;
using Invoicing.Tickets.Reading;

namespace Invoicing.Tickets.Endpoints;

/// <summary>Ticket values that a person gives: few, short, and addresses among them judged.</summary>
internal static class GivenFields
{
    private const int MaxFields = 60;
    private const int MaxLength = 500;
    private static readonly string[] Dates = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy", "dd-MM-yyyy"];

    /// <exception cref="ProblemException">422.</exception>
    public static Dictionary<string, string> Read(IReadOnlyDictionary<string, JsonElement>? given, string pointer, Egress egress)
    {
        if (given?.Count > MaxFields)
        {
            throw new ProblemException(Problem.Invalid(pointer, "too_many", $"Se admiten hasta {MaxFields} campos."));
        }

        var fields = new Dictionary<string, string>();
        foreach (var (name, value) in given ?? new Dictionary<string, JsonElement>())
        {
            var at = $"{pointer}/{name}";
            var text = Text(value, at);
            if (name.Length is 0 or > 64 || text?.Length > MaxLength)
            {
                throw new ProblemException(Problem.Invalid(at, "invalid_value", $"El nombre admite hasta 64 caracteres y el valor hasta {MaxLength}."));
            }

            if (text is { Length: > 0 })
            {
                fields[name] = Canonical(name, text, at, egress);
            }
        }

        return fields;
    }

    /// <summary>Dates yyyy-MM-dd, amounts with a point and two decimals, as every reader of the ticket expects them.</summary>
    private static string Canonical(string name, string text, string at, Egress egress)
    {
        switch (name)
        {
            case "portal_url" or FieldNames.UrlFacturacion:
                Allowed.Portal(text, at, egress);
                return text;
            case FieldNames.Fecha:
                return DateOnly.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                    : throw new ProblemException(Problem.Invalid(at, "invalid_value", "fecha debe tener la forma AAAA-MM-DD."));
            case FieldNames.Total or FieldNames.Subtotal or FieldNames.Iva:
                return decimal.TryParse(text.Replace("$", "", StringComparison.Ordinal), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) && amount is >= 0 and < 1e12m
                    ? amount.ToString("0.00", CultureInfo.InvariantCulture)
                    : throw new ProblemException(Problem.Invalid(at, "invalid_value", $"{name} debe ser un importe, por ejemplo 125.50."));
            default:
                return text;
        }
    }

    private static string? Text(JsonElement value, string at) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => null,
        _ => throw new ProblemException(Problem.Invalid(at, "invalid_type", "El valor debe ser un texto o un número.")),
    };
}
