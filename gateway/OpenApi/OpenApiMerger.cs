using System.Text.Json.Nodes;
using ZiggyCreatures.Caching.Fusion;

namespace Invoicing.Gateway.OpenApi;

/// <summary>
/// Reads each service's document and makes one of them, with what the gateway itself does for every call. A service that does not answer
/// is named in the description.
/// </summary>
public sealed class OpenApiMerger(HttpClient http, IFusionCache cache, ILogger<OpenApiMerger> log)
{
    private static readonly string[] Services = ["tickets", "jobs", "tenant-config", "billing-metrics"];

    /// <summary>How long a whole document is kept; services only change it when they are replaced.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    public ValueTask<string> KeptAsync(string version, CancellationToken ct) => cache.GetOrSetAsync<string>($"openapi {version}", async (entry, ct) =>
    {
        var (document, whole) = await MergeAsync(version, ct);
        entry.Options.SkipMemoryCacheWrite = !whole;
        entry.Options.Duration = Kept;
        return document.ToJsonString(Json.Options);
    }, token: ct);

    private async Task<(JsonObject Document, bool Whole)> MergeAsync(string version, CancellationToken ct)
    {
        var (paths, schemas, missing) = (new JsonObject(), new JsonObject(), new List<string>());
        var documents = await Task.WhenAll(Services.Select(service => ReadAsync(service, version, ct)));
        foreach (var (service, told) in Services.Zip(documents))
        {
            if (told is { } document)
            {
                Add(document, service, paths, schemas);
            }
            else
            {
                missing.Add(service);
            }
        }

        var about = missing.Count == 0 ? "" : $" Incomplete: {string.Join(", ", missing)} did not answer.";
        var merged = new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "Invoicing API", ["version"] = version, ["description"] = $"From a purchase ticket to its verified CFDI.{about}\n\n{DocumentedCall.ErrorCatalogue}" },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject { ["apiKey"] = new JsonArray() }),
            ["tags"] = Tags(paths),
            ["paths"] = paths,
            ["components"] = Components.All(version, schemas),
        };
        return (merged, missing.Count == 0);
    }

    private async Task<JsonObject?> ReadAsync(string service, string version, CancellationToken ct)
    {
        try
        {
            return await http.GetFromJsonAsync<JsonObject>($"http://{service}/openapi/{version}.json", ct);
        }
        catch (Exception e) when (e is HttpRequestException or System.Text.Json.JsonException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            log.LogWarning(e, "{Service} gave no OpenAPI document", service);
            return null;
        }
    }

    /// <summary>Two services may call different things by one name: the later one is renamed after its service.</summary>
    private static void Add(JsonObject document, string service, JsonObject paths, JsonObject schemas)
    {
        var own = document["components"]?["schemas"] as JsonObject ?? [];
        foreach (var name in own.Select(s => s.Key).ToArray())
        {
            if (schemas[name] is { } known && !JsonNode.DeepEquals(known, own[name]))
            {
                document = (JsonObject)JsonNode.Parse(document.ToJsonString().Replace($"\"#/components/schemas/{name}\"", $"\"#/components/schemas/{name}-{service}\"", StringComparison.Ordinal))!;
                var renamed = (JsonObject)document["components"]!["schemas"]!;
                var schema = renamed[name];
                renamed.Remove(name);
                renamed[$"{name}-{service}"] = schema;
            }
        }

        foreach (var (name, schema) in document["components"]?["schemas"] as JsonObject ?? [])
        {
            schemas[name] = schema?.DeepClone();
        }

        foreach (var (path, item) in document["paths"] as JsonObject ?? [])
        {
            paths[Polish.Path(path)] = Polished(Polish.Path(path), service, item!.DeepClone().AsObject());
        }
    }

    private static JsonObject Polished(string path, string service, JsonObject item)
    {
        foreach (var (method, operation) in item)
        {
            operation!["tags"] = new JsonArray(TagOf(path, service));
            Polish.Operation($"{method.ToUpperInvariant()} {path}", operation.AsObject());
        }

        return item;
    }

    private static string TagOf(string path, string service) => path.Contains("/v2/admin/", StringComparison.Ordinal) ? "admin" : service switch
    {
        "tenant-config" => "tenants", "billing-metrics" => "usage", _ => service,
    };

    private static JsonArray Tags(JsonObject paths) =>
        [.. paths.SelectMany(p => p.Value!.AsObject()).Select(o => (string)o.Value!["tags"]![0]!).Distinct().Order(StringComparer.Ordinal).Select(t => (JsonNode)new JsonObject { ["name"] = t })];
}
