using System.Text.Json.Nodes;

namespace Invoicing.Gateway.OpenApi;

/// <summary>Parts that many operations point to: headers, problems and parameters of the whole API.</summary>
internal static class Components
{
    private static readonly (int Status, string Name, string When)[] Problems =
    [
        (400, "BadRequest", "The request cannot be read: broken JSON or form, malformed Idempotency-Key."),
        (401, "Unauthorized", "A credential is missing or not valid."),
        (403, "Forbidden", "The role lacks the permission, company_id names another tenant, or the feature is off for it."),
        (404, "NotFound", "There is no such thing, or it is another tenant's."),
        (409, "Conflict", "The state does not allow it, or the first request with this Idempotency-Key is still running."),
        (410, "Gone", "The time for it is over."),
        (412, "PreconditionFailed", "It changed since the ETag was read."),
        (413, "PayloadTooLarge", "The body is larger than allowed."),
        (415, "UnsupportedMediaType", "The type of the body, or of a file in it, is not accepted here."),
        (416, "RangeNotSatisfiable", "The range lies outside the file."),
        (422, "Invalid", "A value is of the wrong type or out of bounds (errors says which), or an Idempotency-Key came with another body."),
        (428, "PreconditionRequired", "If-Match is missing."),
        (429, "TooManyRequests", "The rate limit of the tenant's route class is used up."),
        (500, "InternalError", "A surprise; it was logged under traceId."),
        (502, "BadGateway", "The service did not answer well."),
        (503, "Unavailable", "The service is not there."),
        (504, "GatewayTimeout", "The service took too long."),
    ];

    private static readonly (string Name, string Type, string What)[] Headers =
    [
        ("RateLimit", "string", "What is left of the window: \"reads\";r=599;t=42."), ("RateLimit-Policy", "string", "The policy that counts: \"reads\";q=600;w=60."),
        ("X-RateLimit-Limit", "integer", "The quota of the window."), ("X-RateLimit-Remaining", "integer", "What is left of it."), ("X-RateLimit-Reset", "integer", "When the next window begins, Unix seconds."),
        ("X-Request-Id", "string", "The trace's id; the same stands in problems and logs."), ("traceparent", "string", "W3C trace context."),
        ("X-Automation-Mode", "string", "enhanced or legacy, by the tenant's rollout."), ("X-Processing-Time", "integer", "Milliseconds."),
        ("Retry-After", "integer", "Seconds until it is worth trying again."), ("WWW-Authenticate", "string", "Bearer."),
        ("Idempotency-Replayed", "string", "true when this is the first answer to the key again."), ("Location", "string", "Where the new thing is."),
        ("ETag", "string", "The version read; If-Match must name it."), ("Link", "string", "<…>; rel=\"next\": the following page, with an opaque cursor."),
        ("X-Total-Count", "integer", "How many match in all."), ("Allow", "string", "The methods there are."), ("Content-Disposition", "string", "The file's name."),
        ("X-Live-Page", "string", "Address of the page on show, without its query."),
    ];

    public static string NameOf(int status) => Problems.Single(p => p.Status == status).Name;

    public static JsonObject Reference(string kind, string name) => new() { ["$ref"] = $"#/components/{kind}/{name}" };

    public static JsonObject HeadersOf(params IEnumerable<string> names) => new(names.Distinct().Select(n => KeyValuePair.Create(n, (JsonNode?)Reference("headers", n))));

    public static JsonObject All(string version, JsonObject schemas)
    {
        schemas["Problem"] = Problem(version);
        schemas["FieldProblem"] = Object(("pointer", "string", "JSON Pointer into the body, or the name of a query parameter."), ("code", "string", "Stable machine word."), ("detail", "string", "Spanish sentence."));
        return new JsonObject
        {
            ["schemas"] = schemas,
            ["responses"] = new JsonObject(Problems.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Response(p.Status, p.When, version)))),
            ["headers"] = new JsonObject(Headers.Select(h => KeyValuePair.Create(h.Name, (JsonNode?)new JsonObject { ["description"] = h.What, ["schema"] = new JsonObject { ["type"] = h.Type } }))),
            ["parameters"] = Parameters(),
            ["securitySchemes"] = new JsonObject
            {
                ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "Access token of POST /connect/token, or an API key (ak_…)." },
                ["apiKey"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-API-Key" },
            },
        };
    }

    private static JsonObject Problem(string version)
    {
        var problem = Object(
            ("type", "string", "Address of the code's description."), ("title", "string", "The status in words."), ("status", "integer", "The HTTP status."), ("detail", "string", "Spanish sentence."),
            ("instance", "string", "The path asked for."), ("code", "string", "Stable machine word."), ("traceId", "string", "The same as X-Request-Id."));
        var properties = problem["properties"]!.AsObject();
        properties["errors"] = new JsonObject { ["type"] = "array", ["items"] = Reference("schemas", "FieldProblem") };
        if (version == "v1")
        {
            properties["detail"] = new JsonObject
            {
                ["description"] = "Spanish sentence; with 422 the list of what is wrong.",
                ["type"] = new JsonArray("string", "array"),
                ["items"] = Object(("loc", "array", "Where."), ("msg", "string", "What."), ("type", "string", "Stable machine word.")),
            };
        }

        return problem;
    }

    private static JsonObject Response(int status, string when, string version)
    {
        var headers = HeadersOf([.. Common, .. status switch { 401 => (string[])["WWW-Authenticate"], 429 or 502 or 503 or 504 => ["Retry-After"], _ => [] }]);
        var example = new JsonObject
        {
            ["type"] = $"/docs#{ExampleCode(status)}", ["title"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status), ["status"] = status, ["detail"] = Invoicing.Problems.ForStatus(status).Detail,
            ["instance"] = version == "v1" ? "/invoicing/tickets/7" : "/invoicing/v2/tickets/7", ["code"] = ExampleCode(status), ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        };
        return new JsonObject
        {
            ["description"] = when,
            ["headers"] = headers,
            ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = Reference("schemas", "Problem"), ["example"] = example } },
        };
    }

    public static string[] Common { get; } =
        ["RateLimit", "RateLimit-Policy", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-Request-Id", "traceparent", "X-Automation-Mode", "X-Processing-Time"];

    private static string ExampleCode(int status) => status switch { 409 => "conflict", 410 => "gone", 412 => "precondition_failed", 422 => "validation_failed", 428 => "precondition_required", _ => Invoicing.Problems.ForStatus(status).Code };

    private static JsonObject Parameters() => new()
    {
        ["IdempotencyKey"] = Parameter("header", "Idempotency-Key", "1–255 visible ASCII characters. The same key and body within 24 hours give the first answer again.", new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 255 }),
        ["IfMatch"] = Parameter("header", "If-Match", "The ETag of what is changed.", new() { ["type"] = "string" }),
        ["LastEventId"] = Parameter("header", "Last-Event-ID", "The last event seen; those after it follow.", new() { ["type"] = "string" }),
        ["CompanyId"] = Parameter("query", "company_id", "The tenant; must be the credential's own. Without a credential (local run) it chooses one.", new() { ["type"] = "string" }),
        ["Limit"] = Parameter("query", "limit", "How many, 1 to 200.", new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 200, ["default"] = 50 }),
        ["Offset"] = Parameter("query", "offset", "How many to leave out.", new() { ["type"] = "integer", ["minimum"] = 0, ["default"] = 0 }),
        ["Cursor"] = Parameter("query", "cursor", "From the Link header; stays true while things are added.", new() { ["type"] = "string" }),
    };

    private static JsonObject Parameter(string place, string name, string what, JsonObject schema) => new() { ["name"] = name, ["in"] = place, ["description"] = what, ["schema"] = schema };

    private static JsonObject Object(params (string Name, string Type, string What)[] properties) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray([.. properties.Select(p => (JsonNode)p.Name)]),
        ["properties"] = new JsonObject(properties.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)new JsonObject { ["type"] = p.Type, ["description"] = p.What }))),
    };
}
