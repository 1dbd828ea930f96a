using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Invoicing.Messages;
using Invoicing.TestSupport;
using Npgsql;

namespace Invoicing.Tenants.Tests;

/// <summary>One tenant-config for all tests of the assembly; they keep apart by company.</summary>
[SetUpFixture]
public sealed class App
{
    public const string ClientId = "platform";
    public static readonly string ClientSecret = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    public static TestService<Program> Service { get; private set; } = null!;

    public static TestBus Bus { get; private set; } = null!;

    public static string KeyFolder { get; } = Directory.CreateTempSubdirectory("invoicing-kek-").FullName;

    public static HttpClient PlatformAdmin => Service.AsPlatformAdmin();

    public static HttpClient Jobs => Service.AsService("jobs");

    public static string NewCompany() => $"company_{Guid.NewGuid():N}"[..20];

    public static string Tenant(string companyId, string rest = "") => $"/invoicing/v2/tenants/{companyId}{rest}";

    public static void AddKey(string id) => File.WriteAllText(Path.Combine(KeyFolder, id + ".key"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    /// <summary>As an operator would, past the service.</summary>
    public static async Task<object?> SqlAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Service.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        AddKey("k1");
        var signingKey = Path.Combine(KeyFolder, "oauth.pem");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(signingKey, key.ExportPkcs8PrivateKeyPem());
        Bus = await TestBus.StartAsync((endpoint, test) =>
        {
            TestBus.Hear<FeatureChanged>(endpoint, test);
            TestBus.Hear<TenantChanged>(endpoint, test);
            TestBus.Hear<CredentialChanged>(endpoint, test);
            TestBus.Hear<ForgetData>(endpoint, test);
        });
        Service = await TestService<Program>.StartAsync("tenant-config", "tenants", new()
        {
            ["OAuth:SigningKey"] = signingKey, ["Secrets:Keys"] = KeyFolder,
            ["Bootstrap:PlatformAdmin:ClientId"] = ClientId, ["Bootstrap:PlatformAdmin:ClientSecret"] = ClientSecret,
        }, bus: Bus);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Service.DisposeAsync();
        await Bus.DisposeAsync();
        Directory.Delete(KeyFolder, recursive: true);
    }
}

internal static class Http
{
    public static async Task<JsonNode> JsonAsync(this Task<HttpResponseMessage> call) =>
        (await (await call).Content.ReadFromJsonAsync<JsonNode>())!;

    /// <summary>The JSON of an answer that must be 200.</summary>
    public static async Task<JsonNode> OkAsync(this Task<HttpResponseMessage> call)
    {
        var response = await call;
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    public static async Task<int> StatusAsync(this Task<HttpResponseMessage> call)
    {
        using var response = await call;
        return (int)response.StatusCode;
    }

    public static Task<HttpResponseMessage> PutAsync(this HttpClient client, string path, object body, string? ifMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body, options: Json.Options) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return client.SendAsync(request);
    }
}
