using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Invoicing.Contract.Tests;

/// <summary>A client with one credential. Whatever is called, what the contract says of every answer is checked here.</summary>
public sealed class Api
{
    private readonly HttpClient http;

    public Api(string url, string? bearer = null)
    {
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) }) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(100) };
        http.DefaultRequestHeaders.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    /// <param name="body">Sent as JSON; null sends nothing.</param>
    public Task<Answer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, Content(body), headers);

    public Task<Answer> PutAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, Content(body), headers);

    public Task<Answer> PostFormAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public Task<Answer> PostFileAsync(string path, byte[] bytes, string name, string type, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        form.Add(file, "file", name);
        foreach (var (field, value) in fields)
        {
            form.Add(new StringContent(value), field);
        }

        return SendAsync(HttpMethod.Post, path, form);
    }

    /// <summary>The bytes of an answer that must be 200.</summary>
    public async Task<byte[]> BytesAsync(string path)
    {
        using var response = await http.GetAsync(path);
        Coverage.Saw("GET", path);
        Assert.That((int)response.StatusCode, Is.EqualTo(200), path);
        return await response.Content.ReadAsByteArrayAsync();
    }

    public Task<Answer> PostTextAsync(string path, string text, string type) => SendAsync(HttpMethod.Post, path, new StringContent(text, Encoding.UTF8, type));

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        var answer = await Answer.ReadAsync(response, $"{method} {path}");
        Coverage.Saw(method.Method, path);
        Promise.OfEveryAnswer(answer, path);
        await Recorder.SawAsync(method.Method, path, content, answer);
        return answer;
    }

    /// <summary>Lines of a stream as they come.</summary>
    public async Task<StreamReader> OpenStreamAsync(string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Coverage.Saw("GET", path);
        Assert.That(((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType), Is.EqualTo((200, "text/event-stream")));
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    private static HttpContent? Content(object? body) => body switch { null => null, HttpContent content => content, _ => JsonContent.Create(body, body.GetType(), options: Json.Options) };
}

/// <summary>An answer, read whole.</summary>
public sealed record Answer(string Call, int Status, string? ContentType, string Text, byte[] Bytes, JsonNode? Json, ILookup<string, string> Headers)
{
    public JsonNode? this[string key] => Json![key];

    public static async Task<Answer> ReadAsync(HttpResponseMessage response, string call)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        var text = Encoding.UTF8.GetString(bytes);
        var json = type?.EndsWith("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text) : null;
        var headers = response.Headers.Concat(response.Content.Headers).SelectMany(h => h.Value.Select(v => (h.Key, v))).ToLookup(h => h.Key, h => h.v, StringComparer.OrdinalIgnoreCase);
        return new Answer(call, (int)response.StatusCode, type, text, bytes, json, headers);
    }

    public string? Header(string name) => Headers[name].FirstOrDefault();

    public Answer Is(int status)
    {
        Assert.That(Status, NUnit.Framework.Is.EqualTo(status), $"{Call}: {(Text.Length > 2000 ? Text[..2000] : Text)}");
        return this;
    }

    /// <summary>The refusal with this code.</summary>
    public Answer Is(int status, string code)
    {
        Is(status);
        Assert.That((string?)this["code"], NUnit.Framework.Is.EqualTo(code), $"{Call}: {Text}");
        return this;
    }

    /// <summary>The object has these keys, all of them.</summary>
    public Answer Has(params IEnumerable<string> keys) => Has(Json!, keys);

    public Answer Has(JsonNode node, params IEnumerable<string> keys)
    {
        Assert.That(node.AsObject().Select(p => p.Key), NUnit.Framework.Is.SupersetOf(keys), Call);
        return this;
    }
}
