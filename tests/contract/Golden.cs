using System.Text.Json;
using System.Text.Json.Nodes;
using Invoicing.TestSupport;

namespace Invoicing.Contract.Tests;

/// <summary>The documents as they were last agreed on, and which differences clients would feel.</summary>
internal static class Golden
{
    public const string Switch = "INVOICING_UPDATE_GOLDEN";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool Updating { get; } = Environment.GetEnvironmentVariable(Switch) == "1";

    public static async Task<JsonObject> ReadAsync(string version) => JsonNode.Parse(await File.ReadAllTextAsync(PathOf(version)))!.AsObject();

    public static Task WriteAsync(string version, JsonObject document)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(version))!);
        return File.WriteAllTextAsync(PathOf(version), Plain(document).ToJsonString(Indented) + "\n");
    }

    /// <summary>Without examples, which bind nobody.</summary>
    public static JsonNode Plain(JsonNode node) => node switch
    {
        JsonObject o => new JsonObject(o.Where(p => p.Key != "example").Select(p => KeyValuePair.Create(p.Key, p.Value is null ? null : (JsonNode?)Plain(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(i => i is null ? null : Plain(i))]),
        _ => node.DeepClone(),
    };

    public static IReadOnlyList<string> Breaks(JsonObject before, JsonObject now, string version)
    {
        var known = Documents.OperationsOf(now, version).ToDictionary(o => o.Call);
        return [.. Documents.OperationsOf(before, version).SelectMany(o => known.TryGetValue(o.Call, out var current) ? Breaks(o, current).Select(b => $"{o}: {b}") : [$"{o} is gone"])];
    }

    private static IEnumerable<string> Breaks(Operation before, Operation now)
    {
        var parameters = now.Parameters.ToDictionary(p => ((string)p["in"]!, (string)p["name"]!));
        foreach (var p in before.Parameters.Where(p => !parameters.ContainsKey(((string)p["in"]!, (string)p["name"]!))))
        {
            yield return $"parameter {p["name"]} is gone";
        }

        var had = before.Parameters.Where(p => (bool?)p["required"] == true).Select(p => (string)p["name"]!).ToHashSet();
        foreach (var p in parameters.Values.Where(p => (bool?)p["required"] == true && !had.Contains((string)p["name"]!)))
        {
            yield return $"parameter {p["name"]} became required";
        }

        foreach (var (type, _) in before.Json["requestBody"]?["content"] as JsonObject ?? [])
        {
            if (now.Json["requestBody"]?["content"]?[type] is null)
            {
                yield return $"{type} is no longer taken";
            }
        }

        foreach (var change in before.Body is { } asked ? Asked(before, asked, now, now.Body, "body", 0) : [])
        {
            yield return change;
        }

        foreach (var (status, response) in before.Json["responses"]!.AsObject().Where(r => r.Key[0] == '2'))
        {
            foreach (var (type, content) in before.Resolve(response)?["content"] as JsonObject ?? [])
            {
                var current = now.Resolve(now.Json["responses"]?[status])?["content"]?[type];
                foreach (var change in current is null ? [$"{status} {type} is gone"] : Answered(before, content!["schema"], now, current["schema"], status, 0))
                {
                    yield return change;
                }
            }
        }
    }

    /// <summary>An answer may gain keys and lose none; what was never null does not become so.</summary>
    private static IEnumerable<string> Answered(Operation before, JsonNode? old, Operation now, JsonNode? current, string at, int depth)
    {
        var (was, isNow) = (before.Resolve(old), now.Resolve(current));
        if (was is null || depth > 12)
        {
            return [];
        }

        if (isNow is null)
        {
            return [$"{at} has no schema any more"];
        }

        var (types, newTypes) = (Schema.TypesOf(was), Schema.TypesOf(isNow));
        return
        [
            .. types.Count > 0 && !newTypes.IsSubsetOf(types) ? [$"{at} was {string.Join("/", types)}, is {string.Join("/", newTypes)}"] : Array.Empty<string>(),
            .. (was["properties"] as JsonObject ?? []).SelectMany(p => isNow["properties"]?[p.Key] is { } kept ? Answered(before, p.Value, now, kept, $"{at}.{p.Key}", depth + 1) : [$"{at}.{p.Key} is gone"]),
            .. was["items"] is { } items ? Answered(before, items, now, isNow["items"], $"{at}[]", depth + 1) : [],
        ];
    }

    /// <summary>A body may be asked for more, but nothing new may be required, and what was taken still is.</summary>
    private static IEnumerable<string> Asked(Operation before, JsonNode? old, Operation now, JsonNode? current, string at, int depth)
    {
        var (was, isNow) = (before.Resolve(old), now.Resolve(current));
        if (was is null || isNow is null || depth > 12)
        {
            return was is not null && isNow is null ? [$"{at} is no longer described"] : [];
        }

        var required = (isNow["required"] as JsonArray ?? []).Select(r => (string)r!).Except((was["required"] as JsonArray ?? []).Select(r => (string)r!));
        return
        [
            .. Schema.TypesOf(isNow) is { Count: > 0 } types && !Schema.TypesOf(was).IsSubsetOf(types) ? [$"{at} no longer takes {string.Join("/", Schema.TypesOf(was).Except(types))}"] : Array.Empty<string>(),
            .. required.Select(r => $"{at}.{r} became required"),
            .. (was["enum"] as JsonArray ?? []).Where(e => isNow["enum"] is JsonArray left && !left.Any(l => JsonNode.DeepEquals(l, e))).Select(e => $"{at} no longer takes {e}"),
            .. (was["properties"] as JsonObject ?? []).SelectMany(p => isNow["properties"]?[p.Key] is { } kept ? Asked(before, p.Value, now, kept, $"{at}.{p.Key}", depth + 1) : [$"{at}.{p.Key} is gone"]),
        ];
    }

    private static string PathOf(string version) => Path.Combine(Repository.Root, "tests", "contract", "openapi", $"{version}.json");
}
