using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Invoicing.TestSupport;

namespace Invoicing.Contract.Tests;

/// <summary>The documents' examples are real calls: with <see cref="Golden.Switch"/> the first good one of each operation is written down.</summary>
internal static class Recorder
{
    private static readonly ConcurrentDictionary<string, (JsonNode? Request, JsonNode Response)> Seen = new();
    private static readonly string Examples = Path.Combine(Repository.Root, "gateway", "OpenApi", "examples.json");
    private static readonly string[] Secrets = ["key", "secret", "access_token", "password"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task SawAsync(string method, string path, HttpContent? content, Answer answer)
    {
        if (!Golden.Updating || answer.Status != 200 || answer.Json is null || !path.StartsWith("/invoicing", StringComparison.Ordinal))
        {
            return;
        }

        var request = content?.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(await content.ReadAsStringAsync()) : null;
        var call = $"{method} {path.Split('?')[0]}";
        // The richest example is the one with most to show.
        Seen.AddOrUpdate(call, (request, answer.Json), (_, old) => Weight(old) >= Weight((request, answer.Json)) ? old : (request, answer.Json));
    }

    public static async Task WriteAsync()
    {
        if (!Golden.Updating)
        {
            return;
        }

        var examples = new JsonObject();
        var kept = JsonNode.Parse(await File.ReadAllTextAsync(Examples))!.AsObject();
        foreach (var operation in (await Documents.OperationsAsync()).OrderBy(o => o.Path, StringComparer.Ordinal).ThenBy(o => o.Method, StringComparer.Ordinal))
        {
            var pattern = "^" + Regex.Replace(Regex.Escape(operation.Call), @"\\\{[^}]*\}", "[^/]+") + "$";
            // An attack may be answered 200 too, with what it added ignored; it is nobody's example.
            var found = Seen.Where(s => Regex.IsMatch(s.Key, pattern)).Select(s => s.Value).Where(c => Fits(operation, c)).OrderByDescending(Weight).FirstOrDefault();
            if (found.Response is not null)
            {
                examples[operation.Call] = new JsonObject { ["request"] = Fit(found.Request), ["response"] = Fit(found.Response) };
            }
            else if (kept[operation.Call] is { } earlier)
            {
                // Nobody made this call well in this run: no worker runs here, or only some tests did.
                examples[operation.Call] = earlier.DeepClone();
            }
        }

        await File.WriteAllTextAsync(Examples, examples.ToJsonString(Indented) + "\n");
    }

    private static bool Fits(Operation operation, (JsonNode? Request, JsonNode Response) call) =>
        new[] { (operation.Json["requestBody"], call.Request), (operation.Json["responses"]!["200"], (JsonNode?)call.Response) }
            .Select(part => (Schema: part.Item1?["content"]?["application/json"]?["schema"], Value: part.Item2))
            .Where(part => part is { Schema: not null, Value: not null })
            .All(part => !Schema.Violations(operation, part.Schema, part.Value).Any());

    private static int Weight((JsonNode? Request, JsonNode Response) call) => Math.Min(call.Response.ToJsonString().Length, 4_000) + 2 * (call.Request?.ToJsonString().Length ?? 0);

    /// <summary>Short lists, short texts, no secrets.</summary>
    private static JsonNode? Fit(JsonNode? node, string name = "") => node switch
    {
        JsonObject o => new JsonObject(o.Take(60).Select(p => KeyValuePair.Create(p.Key, Fit(p.Value, p.Key)))),
        JsonArray a => new JsonArray([.. a.Take(2).Select(i => Fit(i))]),
        JsonValue v when v.TryGetValue<string>(out var text) => Secrets.Contains(name) ? $"{text[..Math.Min(text.Length, 6)]}…" : text.Length > 300 ? text[..300] + "…" : text,
        _ => node?.DeepClone(),
    };
}
