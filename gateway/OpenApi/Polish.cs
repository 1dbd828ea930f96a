using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Invoicing.Gateway.OpenApi;

/// <summary>Adds to an operation what the gateway does and promises for every call, and what <see cref="DocumentedCall"/> says of this one.</summary>
internal static partial class Polish
{
    private static readonly int[] OfEveryCall = [401, 403, 422, 429, 500, 502, 503, 504];

    /// <summary>Path templates carry the names of the contract: <c>{companyId}</c> is <c>{company_id}</c>.</summary>
    public static string Path(string path) => Name().Replace(path, m => "{" + JsonNamingPolicy.SnakeCaseLower.ConvertName(m.Groups[1].Value) + "}");

    public static void Operation(string call, JsonObject operation)
    {
        var known = DocumentedCall.All.GetValueOrDefault(call);
        var parameters = new Dictionary<(string, string), JsonNode?>();
        foreach (var parameter in operation["parameters"] as JsonArray ?? [])
        {
            Rename(parameter!.AsObject());
            parameters[((string)parameter["in"]!, (string)parameter["name"]!)] = parameter.DeepClone();
        }

        AddParameters(call, known, parameters);
        operation["parameters"] = new JsonArray([.. parameters.Values]);
        if (known is not null)
        {
            operation["operationId"] = known.OperationId;
            operation["summary"] = known.Summary;
            operation["description"] = known.Permission is { } permission ? $"Needs {permission}." : "For any caller.";
        }

        var responses = operation["responses"] as JsonObject ?? [];
        Answers(call, known, responses);
        operation["responses"] = responses;
        if (DocumentedCall.Examples.GetValueOrDefault(call) is { } example)
        {
            Illustrate(operation, example);
        }
    }

    private static void Rename(JsonObject parameter)
    {
        if ((string?)parameter["in"] == "path")
        {
            parameter["name"] = JsonNamingPolicy.SnakeCaseLower.ConvertName((string)parameter["name"]!);
        }
    }

    private static void AddParameters(string call, DocumentedCall? known, Dictionary<(string, string), JsonNode?> parameters)
    {
        void Add(string place, string name, string component) => parameters.TryAdd((place, name), Components.Reference("parameters", component));
        if (known?.Idempotent == true)
        {
            Add("header", "Idempotency-Key", "IdempotencyKey");
        }

        if (known?.Conditional == true)
        {
            Add("header", "If-Match", "IfMatch");
        }

        if (call.EndsWith("/stream", StringComparison.Ordinal))
        {
            Add("header", "Last-Event-ID", "LastEventId");
        }

        if (known?.Paged == true)
        {
            Add("query", "limit", "Limit");
            Add("query", "offset", "Offset");
            Add("query", "cursor", "Cursor");
        }

        if (!call.Contains("{company_id}", StringComparison.Ordinal) && !call.Contains("/v2/admin/", StringComparison.Ordinal) && !call.Contains("/v2/fiscal/", StringComparison.Ordinal))
        {
            Add("query", "company_id", "CompanyId");
        }
    }

    private static void Answers(string call, DocumentedCall? known, JsonObject responses)
    {
        if (known?.File is { } types)
        {
            responses["200"] = new JsonObject
            {
                ["description"] = "OK",
                ["content"] = new JsonObject(types.Select(t => KeyValuePair.Create(t, (JsonNode?)new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } }))),
            };
        }

        foreach (var (type, _) in known?.Also ?? [])
        {
            responses["200"]!["content"]![type] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } };
        }

        foreach (var (status, response) in responses.Where(r => r.Key[0] == '2'))
        {
            var own = (known?.Headers ?? []).Concat(known?.Idempotent == true ? ["Idempotency-Replayed"] : []).Concat(known?.File is not null ? ["Content-Disposition", "ETag"] : []);
            response!["headers"] = Components.HeadersOf([.. Components.Common, .. own]);
        }

        var statuses = OfEveryCall.Concat(known?.Errors ?? []).Where(s => s != 401 || !call.Contains("/v2/admin/", StringComparison.Ordinal)).Distinct().Order();
        foreach (var status in statuses)
        {
            responses[$"{status}"] = Components.Reference("responses", Components.NameOf(status));
        }
    }

    private static void Illustrate(JsonObject operation, JsonObject example)
    {
        if (example["request"] is { } request && operation["requestBody"]?["content"]?["application/json"] is JsonObject body)
        {
            body["example"] = request.DeepClone();
        }

        if (example["response"] is { } response && operation["responses"]?["200"]?["content"]?["application/json"] is JsonObject answer)
        {
            answer["example"] = response.DeepClone();
        }
    }

    [GeneratedRegex(@"\{(\w+)(?::\w+)?\}")]
    private static partial Regex Name();
}
