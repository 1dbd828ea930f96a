using System.Text.Json.Nodes;

namespace Invoicing.Contract.Tests;

/// <summary>The OpenAPI documents are complete, right and stable.</summary>
public sealed class DocumentTests
{
    private static readonly string[] OnEveryAnswer = ["RateLimit", "RateLimit-Policy", "X-Request-Id", "traceparent"];

    /// <summary>A healthy system has no good answer to show.</summary>
    private static readonly string[] WithoutExample =
        ["POST /invoicing/v2/admin/circuit-breakers/{host}/reset", "POST /invoicing/v2/admin/dead-letters/{id}/replay", "POST /invoicing/v2/webhooks/deliveries/{id}/resend"];

    [TestCase("v1")]
    [TestCase("v2")]
    public async Task A_document_keeps_the_rules(string version)
    {
        var document = await Documents.ReadAsync(version);
        var operations = Documents.OperationsOf(document, version).ToList();
        var faults = operations.SelectMany(Faults).Concat(Dangling(document)).ToList();
        faults.AddRange(operations.GroupBy(o => (string?)o.Json["operationId"]).Where(g => g.Count() > 1).Select(g => $"operationId {g.Key} is taken {g.Count()} times"));
        Assert.That((string?)document["openapi"], Does.StartWith("3.1."));
        Assert.That((string?)document["info"]!["description"], Does.Not.Contain("Incomplete"));
        Assert.That(faults, Is.Empty);
    }

    [TestCase("v1")]
    [TestCase("v2")]
    public async Task Examples_are_what_their_schemas_say(string version)
    {
        var violations = new List<string>();
        foreach (var operation in Documents.OperationsOf(await Documents.ReadAsync(version), version))
        {
            var (asked, answered) = (operation.Json["requestBody"]?["content"]?["application/json"], operation.Json["responses"]!["200"]?["content"]?["application/json"]);
            violations.AddRange(new[] { asked, answered }.Where(c => c?["example"] is not null).SelectMany(c => Schema.Violations(operation, c!["schema"], c["example"])).Select(v => $"{operation} {v}"));
        }

        Assert.That(violations, Is.Empty);
    }

    [TestCase("v1")]
    [TestCase("v2")]
    public async Task No_change_breaks_a_client_and_every_other_is_written_down(string version)
    {
        var current = await Documents.ReadAsync(version);
        if (Golden.Updating)
        {
            await Golden.WriteAsync(version, current);
        }

        var golden = await Golden.ReadAsync(version);
        Assert.That(Golden.Breaks(golden, current, version), Is.Empty, "these changes break clients");
        Assert.That(JsonNode.DeepEquals(Golden.Plain(golden), Golden.Plain(current)), Is.True, $"The document grew. Run the tests once with {Golden.Switch}=1 and commit tests/contract/openapi/{version}.json.");
    }

    [TestCase("a call is gone", "DELETE paths./invoicing/v2/jobs/{id}.get")]
    [TestCase("an answer's key is gone", "DELETE components.schemas.{JobView}.properties.status")]
    [TestCase("an answer's type changed", "SET components.schemas.{JobView}.properties.id.type string")]
    [TestCase("a parameter is gone", "DELETE paths./invoicing/v2/jobs.get.parameters.0")]
    public async Task A_breaking_change_is_told(string what, string change)
    {
        var golden = await Golden.ReadAsync("v2");
        var current = golden.DeepClone().AsObject();
        var view = ((string)golden["paths"]!["/invoicing/v2/jobs/{id}"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!).Split('/')[^1];
        var words = change.Replace("{JobView}", view, StringComparison.Ordinal).Split(' ');
        var path = words[1].Split('.');
        var parent = path.SkipLast(1).Aggregate((JsonNode)current, (at, part) => at[part]!);
        if (words[0] == "SET")
        {
            parent[path[^1]] = words[2];
        }
        else if (parent is JsonArray list)
        {
            list.RemoveAt(0);
        }
        else
        {
            parent.AsObject().Remove(path[^1]);
        }

        Assert.That(Golden.Breaks(golden, current, "v2"), Is.Not.Empty, what);
    }

    private static IEnumerable<string> Faults(Operation o)
    {
        string Fault(string what) => $"{o}: {what}";
        var responses = o.Json["responses"]!.AsObject();
        var good = responses.Where(r => r.Key[0] == '2').Select(r => o.Resolve(r.Value)!).ToList();
        if (o.Json["operationId"] is null) yield return Fault("no operationId");
        if (o.Json["summary"] is null) yield return Fault("no summary");
        if (o.Json["tags"] is not JsonArray { Count: 1 }) yield return Fault("not one tag");
        if (good.Count == 0) yield return Fault("no good answer");
        foreach (var name in OnEveryAnswer.Where(h => good.Any(g => g["headers"]?[h] is null))) yield return Fault($"{name} is not told");
        foreach (var status in Needed(o).Where(s => !responses.ContainsKey($"{s}"))) yield return Fault($"{status} is not told");
        foreach (var (status, response) in responses.Where(r => r.Key[0] is '4' or '5'))
        {
            if (o.Resolve(response)?["content"]?["application/problem+json"]?["schema"] is null) yield return Fault($"{status} is no problem");
        }

        if (responses["200"] is { } ok && o.Resolve(ok)!["content"]?.AsObject().All(c => c.Value!["schema"] is not null) != true) yield return Fault("200 has no schema");
        if (responses["200"]?["content"]?["application/json"] is { } json && json["example"] is null && !WithoutExample.Contains(o.Call)) yield return Fault("200 has no example");
        if (o.Json["requestBody"]?["content"]?["application/json"] is { } body && body["example"] is null && o.Body?["properties"] is not null) yield return Fault("the body has no example");
        foreach (var name in Braced(o.Path).Where(n => !o.Parameters.Any(p => (string?)p["in"] == "path" && (string?)p["name"] == n))) yield return Fault($"path parameter {name} is not declared");
        foreach (var p in o.Parameters.Where(p => (string?)p["in"] == "path" && !Braced(o.Path).Contains((string)p["name"]!))) yield return Fault($"path parameter {p["name"]} is not in the path");
        foreach (var p in o.Parameters.Where(p => p["schema"] is null)) yield return Fault($"parameter {p["name"]} has no schema");
        foreach (var p in o.Parameters.Where(p => (string?)p["name"] is { } n && n.Any(char.IsUpper) && (string?)p["in"] != "header")) yield return Fault($"parameter {p["name"]} is not snake_case");
    }

    private static IEnumerable<int> Needed(Operation o)
    {
        int[] always = o.Path.Contains("/v2/admin/", StringComparison.Ordinal) ? [403, 429, 500, 502, 503, 504] : [401, 403, 429, 500, 502, 503, 504];
        return [.. always, .. o.Path.Contains("{id}", StringComparison.Ordinal) ? (int[])[404] : [], .. o.Json["requestBody"] is not null && o.Json["requestBody"]!["content"]?["application/json"] is not null && o.Path != "/invoicing/tickets/{id}/process-robust" ? (int[])[400, 415, 422] : []];
    }

    private static IEnumerable<string> Braced(string path) => path.Split('/').Where(p => p.StartsWith('{')).Select(p => p[1..^1]);

    private static IEnumerable<string> Dangling(JsonObject document)
    {
        var resolver = new Operation("", "GET /", [], document);
        return All(document).OfType<JsonObject>().Select(n => n["$ref"]).OfType<JsonValue>().Select(r => (string)r!).Distinct()
            .Where(r => resolver.Resolve(new JsonObject { ["$ref"] = r }) is null).Select(r => $"{r} leads nowhere");
    }

    private static IEnumerable<JsonNode> All(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => All(p.Value)).Prepend(o),
        JsonArray a => a.SelectMany(All).Prepend(a),
        _ => [],
    };
}
