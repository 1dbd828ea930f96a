using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Invoicing.Portals.Tests;

/// <summary>A browser without scripts: cookies, forms and links.</summary>
internal sealed partial class Visitor(Uri address) : IDisposable
{
    public static readonly Dictionary<string, string> Kemper = new()
    {
        ["rfc"] = "EKU9003173C9", ["nombre"] = "ESCUELA KEMPER URGATE", ["cp"] = "42501", ["regimen"] = "601", ["uso"] = "G03", ["correo"] = "facturas@kemper.test",
    };

    private readonly HttpClient _http = new(new HttpClientHandler { CookieContainer = new(), CheckCertificateRevocationList = true }) { BaseAddress = address };

    public Task<HttpResponseMessage> Get(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    public async Task<string> Page(string path) => WebUtility.HtmlDecode(await _http.GetStringAsync(new Uri(path, UriKind.Relative)));

    public Task<byte[]> Bytes(string path) => _http.GetByteArrayAsync(new Uri(path, UriKind.Relative));

    public async Task<string> Post(string path, IEnumerable<KeyValuePair<string, string>> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> PostJson(string path, IEnumerable<KeyValuePair<string, string>> form) =>
        JsonSerializer.Deserialize<JsonElement>(await Post(path, form));

    /// <summary>Fills Simple Portal's form for a ticket, with some receptor values changed, and sends it.</summary>
    public Task<string> Invoice(JsonElement ticket, params (string Field, string Value)[] changes)
    {
        var form = new Dictionary<string, string>(Kemper);
        foreach (var name in new[] { "folio", "fecha", "total" }) form[name] = Printed(ticket, name);
        foreach (var (field, value) in changes) form[field] = value;
        return Post("/facturar", form);
    }

    public static string Printed(JsonElement ticket, string field) => ticket.GetProperty("fields").GetProperty(field).GetString()!;

    /// <summary>The value of the option whose text holds <paramref name="text"/>.</summary>
    public static string Option(string page, string text) =>
        Options().Matches(page).First(option => option.Groups[2].Value.Contains(text, StringComparison.Ordinal)).Groups[1].Value;

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("<option value=\"([^\"]*)\"[^>]*>([^<]*)</option>")]
    private static partial Regex Options();
}
