using System.Net.Http.Json;
using System.Text.Json;

namespace Invoicing.Bench;

/// <summary>Where the local run is and with what credentials (<c>.run/</c>).</summary>
internal static class LocalRun
{
    public static Uri Gateway { get; } = new("http://127.0.0.1:8080");

    public static Uri PortalsControl { get; } = new("http://127.0.0.1:8209");

    private static string State => Path.Combine(Environment.GetEnvironmentVariable("INVOICING_ROOT") ?? Environment.CurrentDirectory, ".run");

    public static JsonElement Credentials => JsonDocument.Parse(File.ReadAllText(Path.Combine(State, "credentials.json"))).RootElement;

    /// <summary>The API key of a demo tenant's admin.</summary>
    public static string KeyOf(string company) => Credentials.GetProperty("tenants").GetProperty(company).GetProperty("admin").GetProperty("api_key").GetString()!;

    public static async Task<string> PlatformTokenAsync()
    {
        var admin = Credentials.GetProperty("platform_admin");
        using var http = new HttpClient { BaseAddress = Gateway };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = admin.GetProperty("client_id").GetString()!, ["client_secret"] = admin.GetProperty("client_secret").GetString()!,
        });
        using var answer = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    /// <summary>What the gateway would send on for the platform's administrator.</summary>
    public static string InternalToken() =>
        new InternalTokens("gateway", Path.Combine(State, "keys/private/gateway.pem"), Path.Combine(State, "keys/public"), TimeProvider.System)
            .Issue(new Caller("bench", null, Role.platform_admin, false));
}
