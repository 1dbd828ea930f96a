using System.Text;
using System.Text.Json.Nodes;

namespace Invoicing.Contract.Tests;

/// <summary>
/// Whatever a client sends wrong is a 4xx in the contract's shape and changes nothing. <see cref="Promise"/> looks at the shape of each
/// answer, and that none is 5xx; the documents say what each call takes.
/// </summary>
[NonParallelizable]
public sealed class HostileTests
{
    private static readonly ParallelOptions Abreast = new() { MaxDegreeOfParallelism = 8 };

    private sealed record Attempt(Operation Operation, string Path, HttpContent? Content, string What, string? IfMatch = null);

    [Test]
    public async Task Wrong_types_in_bodies_are_refused_and_change_nothing() => await RefusedAsync(await BodiesAsync(WrongTypes));

    [Test]
    public async Task Bodies_that_are_no_json_or_too_much_of_it_are_refused_and_change_nothing() => await RefusedAsync(await BodiesAsync(NoBodies));

    [Test]
    public async Task Strange_values_in_bodies_never_break_anything() => await HarmlessAsync(await BodiesAsync(Strange));

    [Test]
    public async Task Wrong_parameters_are_refused_and_change_nothing() => await RefusedAsync(await ParametersAsync(WrongValues));

    [Test]
    public async Task Strange_parameters_never_break_anything() => await HarmlessAsync(await ParametersAsync(StrangeValues));

    [Test]
    public async Task Ids_that_are_none_are_not_found()
    {
        var attempts = new List<Attempt>();
        foreach (var (operation, row) in await RowsAsync())
        {
            string[] ids = ["abc", "-1", "0", "1.5", "99999999999999999999999", "%20", "1;drop", "%C3%A1%F0%9F%98%80", new string('9', 300)];
            attempts.AddRange(ids.Where(_ => operation.Path.Contains("{id}", StringComparison.Ordinal)).Select(id =>
                new Attempt(operation, operation.Path.Replace("{id}", id, StringComparison.Ordinal).Replace("{company_id}", App.Company, StringComparison.Ordinal).Replace("{artifact_id}", "x", StringComparison.Ordinal), null, $"id {id}")));
        }

        var before = await CountsAsync();
        var wrong = (await SendAsync(attempts)).Where(a => a.Answer.Status is not (404 or 422 or 400 or 415 or 403)).Select(a => $"{a.Attempt.Operation} {a.Attempt.What}: {a.Answer.Status} {a.Answer.Text}");
        Assert.That(wrong, Is.Empty);
        Assert.That(await CountsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Broken_forms_are_refused_and_change_nothing()
    {
        var operations = (await Documents.OperationsAsync()).Where(o => o.Json["requestBody"]?["content"]?["multipart/form-data"] is not null).ToList();
        var (ticket, _) = await App.Admin.NewTicketAsync(more: new { auto_process = false });
        var attempts = operations.SelectMany(o => Forms().Select(f => new Attempt(o, o.Path.Replace("{id}", $"{ticket}", StringComparison.Ordinal), f.Content, f.What)));
        await RefusedAsync([.. attempts]);
    }

    [TestCase("/invoicing/v2/tickets", "text/plain")]
    [TestCase("/invoicing/v2/jobs", "application/xml")]
    [TestCase("/invoicing/v2/bulk", "application/x-www-form-urlencoded")]
    [TestCase("/invoicing/merchants", "text/html")]
    [TestCase("/invoicing/v2/tenants/acme/api-keys", "text/plain")]
    public async Task Another_media_type_is_415(string path, string type) => (await App.Admin.PostTextAsync(path, "{}", type)).Is(415);

    [TestCase("PATCH", "/invoicing/tickets")]
    [TestCase("DELETE", "/invoicing/v2/tickets")]
    [TestCase("PUT", "/invoicing/v2/jobs")]
    [TestCase("POST", "/invoicing/stats")]
    [TestCase("DELETE", "/invoicing/v2/metrics")]
    [TestCase("POST", "/invoicing/v2/tenants/acme")]
    public async Task Another_method_is_405_and_names_those_that_are(string method, string path) =>
        Assert.That((await App.Admin.SendAsync(new HttpMethod(method), path, null)).Is(405).Header("Allow"), Is.Not.Empty);

    private static async Task RefusedAsync(IReadOnlyList<Attempt> attempts)
    {
        Assert.That(attempts, Is.Not.Empty);
        var before = await CountsAsync();
        var accepted = (await SendAsync(attempts)).Where(a => a.Answer.Status < 400).Select(a => $"{a.Attempt.Operation} {a.Attempt.What}: {a.Answer.Status}").Order().ToList();
        Assert.That(accepted, Is.Empty, $"{accepted.Count} of {attempts.Count} were accepted");
        Assert.That(await CountsAsync(), Is.EqualTo(before), "nothing changed");
        TestContext.Out.WriteLine($"{attempts.Count} refused");
    }

    private static async Task HarmlessAsync(IReadOnlyList<Attempt> attempts)
    {
        Assert.That(attempts, Is.Not.Empty);
        await SendAsync(attempts);
        TestContext.Out.WriteLine($"{attempts.Count} answered");
    }

    private static async Task<IReadOnlyList<(Attempt Attempt, Answer Answer)>> SendAsync(IReadOnlyList<Attempt> attempts)
    {
        var answers = new System.Collections.Concurrent.ConcurrentBag<(Attempt, Answer)>();
        var broken = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(attempts, Abreast, async (attempt, _) =>
        {
            var api = attempt.Path.StartsWith("/invoicing/v2/admin", StringComparison.Ordinal) ? App.Platform : App.Admin;
            try
            {
                answers.Add((attempt, await api.SendAsync(new HttpMethod(attempt.Operation.Method), attempt.Path, attempt.Content, attempt.IfMatch is null ? [] : [("If-Match", attempt.IfMatch)])));
            }
            catch (AssertionException e)
            {
                broken.Add($"{attempt.Operation} {attempt.What}: {e.Message}");
            }
        });
        Assert.That(broken.Order().Take(40), Is.Empty, $"{broken.Count} of {attempts.Count} answers break a promise");
        return [.. answers];
    }

    /// <summary>What there is at the tenant: a refused call adds and removes nothing.</summary>
    private static async Task<string> CountsAsync()
    {
        string[] lists = ["api-keys", "fiscal-profiles", "features"];
        var sizes = new List<string>();
        foreach (var list in lists)
        {
            sizes.Add($"{list} {(await App.Admin.GetAsync($"/invoicing/v2/tenants/{App.Company}/{list}")).Is(200).Json!.AsArray().Count}");
        }

        foreach (var list in (string[])["/invoicing/v2/tickets?limit=1", "/invoicing/v2/jobs?limit=1", "/invoicing/merchants"])
        {
            sizes.Add($"{list} {(await App.Admin.GetAsync(list)).Is(200).Header("X-Total-Count")}");
        }

        return string.Join(", ", sizes);
    }

    private static async Task<IReadOnlyList<(Operation Operation, Row Row)>> RowsAsync() =>
        [.. from operation in await Documents.OperationsAsync() join row in Permissions.Table on operation.Call equals row.Call select (operation, row)];

    private static async Task<IReadOnlyList<Attempt>> BodiesAsync(Func<Operation, JsonObject, IEnumerable<(HttpContent Content, string What)>> mutations)
    {
        var attempts = new List<Attempt>();
        foreach (var (operation, row) in (await RowsAsync()).Where(r => r.Operation.Body is not null))
        {
            var request = await row.Prepare();
            var good = request.Body is HttpContent or null ? new JsonObject() : System.Text.Json.JsonSerializer.SerializeToNode(request.Body, request.Body.GetType(), Json.Options)!.AsObject();
            attempts.AddRange(mutations(operation, good).Select(m => new Attempt(operation, request.Path, m.Content, m.What, request.IfMatch)));
        }

        return attempts;
    }

    private static IEnumerable<(HttpContent, string)> WrongTypes(Operation operation, JsonObject good)
    {
        foreach (var (name, schema) in operation.Body!["properties"] as JsonObject ?? [])
        {
            var types = TypesOf(operation, schema);
            string[] wrong =
            [
                .. types.Contains("string") ? [] : (string[])["\"texto\"", "\"\""],
                .. types.Contains("integer") || types.Contains("number") ? ["1e400", "99999999999999999999999999"] : (string[])["12", "1.5"],
                .. types.Contains("boolean") ? [] : (string[])["true"],
                .. types.Contains("object") ? [] : (string[])["{\"a\":1}"],
                .. types.Contains("array") ? (string[])["[[1]]"] : ["[1,\"a\"]"],
            ];
            foreach (var value in types.Count == 0 ? [] : wrong)
            {
                var body = string.Join(',', good.Where(p => p.Key != name).Select(p => $"\"{p.Key}\":{p.Value?.ToJsonString() ?? "null"}").Append($"\"{name}\":{value}"));
                yield return (Text("{" + body + "}"), $"{name}={value}");
            }
        }
    }

    private static HashSet<string> TypesOf(Operation operation, JsonNode? schema)
    {
        var found = operation.Resolve(schema);
        var any = (found?["oneOf"] ?? found?["anyOf"]) as JsonArray;
        return found?["type"] switch
        {
            JsonArray many => [.. many.Select(t => (string)t!)],
            JsonValue one => [(string)one!],
            _ => any?.Select(s => TypesOf(operation, s)).ToList() is { } each && each.All(types => types.Count > 0) ? [.. each.SelectMany(types => types)] : [],
        };
    }

    private static IEnumerable<(HttpContent, string)> NoBodies(Operation operation, JsonObject good)
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000);
        string[] bodies = ["{", "", "null", "[]", "1", "\"x\"", "{\"a\":1,\"a\":2}", "{'a':1}", "{\"a\":NaN}", "\u0000", deep, new string('[', 100_000), "{} {}", good.ToJsonString()[..^1]];
        return bodies.Select(b => ((HttpContent)Text(b), b.Length > 60 ? b[..60] : b)).Append((Bytes([.. "{\"a\":\""u8, 0xff, 0xfe, .. "\"}"u8]), "bytes that are no UTF-8"));
    }

    private static IEnumerable<(HttpContent, string)> Strange(Operation operation, JsonObject good)
    {
        string[] values = ["null", "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"<script>alert(1)</script>\"", "\"'; DROP TABLE tickets; --\"", $"\"{new string('x', 100_000)}\"", "\"../../etc/passwd\"", "\"‮‏😀\"", "-1", "0", "9223372036854775807", "2147483648", "0.1", "[]", "{}", "[null]", "{\"\":null}", "{\"a\\u0000\":\"\\u0000\"}"];
        return from property in operation.Body!["properties"] as JsonObject ?? []
               from value in values
               let body = string.Join(',', good.Where(p => p.Key != property.Key).Select(p => $"\"{p.Key}\":{p.Value?.ToJsonString() ?? "null"}").Append($"\"{property.Key}\":{value}"))
               select ((HttpContent)Text("{" + body + "}"), $"{property.Key}={(value.Length > 60 ? value[..60] : value)}");
    }

    private static async Task<IReadOnlyList<Attempt>> ParametersAsync(Func<Operation, JsonObject, IEnumerable<string>> mutations)
    {
        var attempts = new List<Attempt>();
        foreach (var (operation, row) in await RowsAsync())
        {
            foreach (var parameter in operation.Parameters.Where(p => (string?)p["in"] == "query"))
            {
                foreach (var query in mutations(operation, parameter))
                {
                    var request = await row.Prepare();
                    var content = request.Body switch { null => null, HttpContent given => given, var body => Text(System.Text.Json.JsonSerializer.Serialize(body, body.GetType(), Json.Options)) };
                    attempts.Add(new Attempt(operation, request.Path.Split('?')[0] + "?" + query, content, query, request.IfMatch));
                }
            }
        }

        return attempts;
    }

    private static IEnumerable<string> WrongValues(Operation operation, JsonObject parameter)
    {
        var (name, types, format) = ((string)parameter["name"]!, TypesOf(operation, parameter["schema"]), (string?)operation.Resolve(parameter["schema"])?["format"]);
        return types.Contains("integer") ? [$"{name}=abc", $"{name}=1.5", $"{name}=99999999999999999999999", $"{name}=1&{name}=2", $"{name}=0x10"]
            : types.Contains("boolean") ? [$"{name}=quiz%C3%A1s", $"{name}=true&{name}=false"]
            : format is "date-time" or "date" ? [$"{name}=ayer", $"{name}=2025-02-30", $"{name}=2025-01-01&{name}=2025-01-02"]
            : name == "company_id" ? ["company_id=acme&company_id=other", .. operation.Path.Contains("/v2/admin/", StringComparison.Ordinal) ? (string[])[] : ["company_id=other"]]
            : parameter["schema"]?["enum"] is not null ? [$"{name}=nada"] : [];
    }

    private static IEnumerable<string> StrangeValues(Operation operation, JsonObject parameter)
    {
        var name = (string)parameter["name"]!;
        return [$"{name}=", $"{name}=%00", $"{name}=a%00b", $"{name}=%FF%FE", $"{name}='%3B%20DROP", $"{name}={new string('x', 4000)}", $"{name}=-1", $"{name}[]=1", $"{name}=,,,", $"{name}=a,b,c", $"{name}=%F0%9F%98%80", $"{name}=%E2%80%AE"];
    }

    private static IEnumerable<(HttpContent Content, string What)> Forms()
    {
        yield return (Typed("x", "multipart/form-data"), "no boundary");
        yield return (Typed("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t.jpg\"\r\n\r\nabc", "multipart/form-data; boundary=b"), "cut short");
        yield return (Typed("nothing of it", "multipart/form-data; boundary=b"), "not what it says");
        yield return (Typed("--b\r\n" + new string('h', 40_000) + ": x\r\n\r\nabc\r\n--b--\r\n", "multipart/form-data; boundary=b"), "an endless header");
        yield return (Typed(string.Concat(Enumerable.Range(0, 5_000).Select(i => $"--b\r\nContent-Disposition: form-data; name=\"f{i}\"\r\n\r\nx\r\n")) + "--b--\r\n", "multipart/form-data; boundary=b"), "5,000 fields");
        yield return (Typed("--b--\r\n", "multipart/form-data; boundary=" + new string('b', 300)), "a boundary of 300 characters");
    }

    private static ByteArrayContent Typed(string text, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private static StringContent Text(string json) => new(json, Encoding.UTF8, "application/json");

    private static ByteArrayContent Bytes(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return content;
    }
}
