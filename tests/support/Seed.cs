using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Invoicing.TestSupport;

/// <summary>What an installation needs before its first ticket, said through the public API: a taxpayer, the merchants, the trusted PAC.</summary>
public sealed class Seed(HttpClient gateway, HttpClient portals)
{
    public async Task RunAsync(string admin)
    {
        await TrustPacAsync(admin);
        await PostAsync("/invoicing/v2/tenants/default/fiscal-profiles", await TaxpayerAsync(), admin);
        foreach (var portal in (string[])["simple", "oxxo-test", "litro-mil"])
        {
            await PostAsync("/invoicing/merchants", await MerchantAsync(portal), admin);
        }
    }

    public static async Task<string> TokenAsync(HttpClient gateway, string clientId, string clientSecret)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["client_secret"] = clientSecret,
        });
        using var answer = await gateway.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        return (await ReadAsync(answer)).GetProperty("access_token").GetString()!;
    }

    private async Task TrustPacAsync(string admin)
    {
        var pem = await portals.GetStringAsync(new Uri("/_control/pac-certificate", UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/invoicing/v2/admin/pac-certificates") { Content = new StringContent(pem) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-pem-file");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", admin);
        using var answer = await gateway.SendAsync(request);
        await ReadAsync(answer);
    }

    /// <summary>A taxpayer of the simulated SAT: a moral person in the general régimen.</summary>
    private async Task<object> TaxpayerAsync()
    {
        var taxpayers = await portals.GetFromJsonAsync<JsonElement>("/_control/taxpayers");
        var moral = taxpayers.EnumerateArray().First(t => t.GetProperty("rfc").GetString()!.Length == 12 && t.GetProperty("regimenes").EnumerateArray().Any(r => r.GetString() == "601"));
        return new
        {
            rfc = moral.GetProperty("rfc").GetString(), nombre = moral.GetProperty("nombre").GetString(), codigo_postal = moral.GetProperty("postal_code").GetString(),
            regimen_fiscal = "601", uso_cfdi = "G03", correo = "facturas@empresa.test", is_default = true,
        };
    }

    private async Task<object> MerchantAsync(string portal)
    {
        var ticket = (await portals.GetFromJsonAsync<JsonElement>($"/_control/tickets?portal={portal}")).EnumerateArray().First();
        var name = ticket.GetProperty("merchant").GetString();
        return new
        {
            nombre = name, metodo_facturacion = "portal",
            metadata = new { rfc = ticket.GetProperty("rfc_emisor").GetString(), portal_urls = ticket.GetProperty("urls").EnumerateArray().Select(u => u.GetString()).ToArray() },
        };
    }

    private async Task PostAsync(string path, object body, string admin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", admin);
        using var answer = await gateway.SendAsync(request);
        await ReadAsync(answer);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(text).RootElement
            : throw new InvalidOperationException($"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri} answered {(int)answer.StatusCode}: {text}");
    }
}
