using System.Text.Json.Nodes;

namespace Invoicing.Contract.Tests;

/// <summary>An operation of the merged documents.</summary>
public sealed record Operation(string Version, string Call, JsonObject Json, JsonObject Document)
{
    public string Method => Call.Split(' ')[0];

    public string Path => Call.Split(' ')[1];

    public IEnumerable<JsonObject> Parameters => (Json["parameters"] as JsonArray ?? []).Select(p => Resolve(p!)).OfType<JsonObject>();

    /// <summary>The schema of its JSON body, when it takes one.</summary>
    public JsonObject? Body => Json["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema ? Resolve(schema) : null;

    public override string ToString() => Call;

    /// <summary>Follows references within the document.</summary>
    public JsonObject? Resolve(JsonNode? node)
    {
        while (node is JsonObject found && (string?)found["$ref"] is { } reference)
        {
            node = reference[2..].Split('/').Aggregate((JsonNode?)Document, (at, part) => at?[part]);
        }

        return node as JsonObject;
    }
}

internal static class Documents
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    public static async Task<JsonObject> ReadAsync(string version) => (await App.Nobody.GetAsync($"/openapi/{version}.json")).Is(200).Json!.AsObject();

    public static async Task<IReadOnlyList<Operation>> OperationsAsync() =>
        [.. OperationsOf(await ReadAsync("v1"), "v1"), .. OperationsOf(await ReadAsync("v2"), "v2")];

    public static IEnumerable<Operation> OperationsOf(JsonObject document, string version) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where Methods.Contains(operation.Key)
        select new Operation(version, $"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!.AsObject(), document);
}
