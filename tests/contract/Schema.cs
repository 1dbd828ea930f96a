using System.Text.Json;
using System.Text.Json.Nodes;

namespace Invoicing.Contract.Tests;

/// <summary>As much of JSON Schema as the documents use: what of a value is not as its schema says.</summary>
internal static class Schema
{
    public static IEnumerable<string> Violations(Operation operation, JsonNode? schema, JsonNode? value, string at = "")
    {
        if (operation.Resolve(schema) is not { } found)
        {
            yield break;
        }

        if ((found["oneOf"] ?? found["anyOf"]) is JsonArray any)
        {
            if (any.All(s => Violations(operation, s, value, at).Any()))
            {
                yield return $"{at}: none of {any.Count} schemas";
            }

            yield break;
        }

        if (TypesOf(found) is { Count: > 0 } types && !types.Overlaps(KindsOf(value)))
        {
            yield return $"{at}: {value?.ToJsonString() ?? "null"} is not {string.Join("/", types)}";
            yield break;
        }

        if (found["enum"] is JsonArray allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value)))
        {
            yield return $"{at}: {value?.ToJsonString()} is not in the enum";
        }

        foreach (var violation in Inside(operation, found, value, at))
        {
            yield return violation;
        }
    }

    public static HashSet<string> TypesOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray many => [.. many.Select(t => (string)t!)],
        JsonValue one => [(string)one!],
        _ => [],
    };

    private static IEnumerable<string> Inside(Operation operation, JsonObject schema, JsonNode? value, string at)
    {
        if (value is JsonArray items)
        {
            return items.SelectMany((item, i) => Violations(operation, schema["items"], item, $"{at}/{i}"));
        }

        if (value is not JsonObject given)
        {
            return [];
        }

        var missing = (schema["required"] as JsonArray ?? []).Where(r => !given.ContainsKey((string)r!)).Select(r => $"{at}/{r}: missing");
        var properties = schema["properties"] as JsonObject;
        var additional = schema["additionalProperties"] as JsonObject;
        var unknown = properties is null || additional is not null ? [] : given.Where(p => !properties.ContainsKey(p.Key)).Select(p => $"{at}/{p.Key}: not documented");
        return [.. missing, .. unknown, .. given.SelectMany(p => Violations(operation, properties?[p.Key] ?? additional, p.Value, $"{at}/{p.Key}"))];
    }

    private static string[] KindsOf(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => ["object"],
        JsonValueKind.Array => ["array"],
        JsonValueKind.String => ["string"],
        JsonValueKind.True or JsonValueKind.False => ["boolean"],
        JsonValueKind.Number => value.ToJsonString().All(c => char.IsAsciiDigit(c) || c == '-') ? ["integer", "number"] : ["number"],
        _ => ["null"],
    };
}
