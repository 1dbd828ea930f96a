using System.Text.Json.Nodes;
using Scalar.AspNetCore;

namespace Invoicing.Gateway;

/// <summary>One OpenAPI document a version, merged from what the services say of themselves, and the human page at <c>/docs</c>.</summary>
public static class OpenApiDocuments
{
    public static void MapDocuments(this WebApplication app)
    {
        app.MapGet("/openapi/{version}.json", async (string version, OpenApiMerger merger, CancellationToken ct) =>
            version is "v1" or "v2" ? Results.Json(await merger.MergeAsync(version, ct), Json.Options) : Problems.ForStatus(404)).ShortCircuit();
        app.MapScalarApiReference("/docs", o => o.WithTitle("Invoicing API").AddDocument("v2").AddDocument("v1").WithOpenApiRoutePattern("/openapi/{documentName}.json"))
            .ShortCircuit();
    }
}

/// <summary>Reads each service's document and puts their paths and schemas into one. A service that does not answer is named in the description.</summary>
public sealed class OpenApiMerger(HttpClient http, ILogger<OpenApiMerger> log)
{
    private static readonly string[] Services = ["tickets", "jobs", "tenant-config", "billing-metrics"];

    public async Task<JsonObject> MergeAsync(string version, CancellationToken ct)
    {
        var paths = new JsonObject();
        var schemas = new JsonObject();
        var missing = new List<string>();
        foreach (var service in Services)
        {
            if (await ReadAsync(service, version, ct) is { } document)
            {
                Add(document, service, paths, schemas);
            }
            else
            {
                missing.Add(service);
            }
        }

        var about = missing.Count == 0 ? "" : $" Incomplete: {string.Join(", ", missing)} did not answer.";
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "Invoicing API", ["version"] = version, ["description"] = "From a purchase ticket to its verified CFDI." + about },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject { ["apiKey"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas, ["securitySchemes"] = SecuritySchemes() },
        };
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

        Move(document["components"]?["schemas"] as JsonObject, schemas);
        Move(document["paths"] as JsonObject, paths);
    }

    private static void Move(JsonObject? from, JsonObject to)
    {
        foreach (var (key, value) in from ?? [])
        {
            to[key] = value?.DeepClone();
        }
    }

    private static JsonObject SecuritySchemes() => new()
    {
        ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "Access token of POST /connect/token, or an API key (ak_…)." },
        ["apiKey"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-API-Key" },
    };
}
