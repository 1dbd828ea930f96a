using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.TestSupport;

namespace Invoicing.Bench;

internal static class BenchKey
{
    /// <summary>A new API key of a tenant.</summary>
    public static async Task<string> KeyAsync(this LocalSystem system, string company, string role)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/invoicing/v2/tenants/{company}/api-keys") { Content = JsonContent.Create(new { name = "bench", role }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await system.PlatformTokenAsync());
        using var answer = await system.Gateway.SendAsync(request);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }
}
