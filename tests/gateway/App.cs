using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Invoicing.TestSupport;

namespace Invoicing.Gateway.Tests;

/// <summary>
/// Two gateway processes and a tenant-config as an installation has them; the other services are stand-ins. <c>gateway</c> wants
/// credentials, <c>gateway-2</c> is set as a local run, <c>gateway-alone</c> finds no tenant-config.
/// </summary>
[SetUpFixture]
public sealed class App
{
    public const int Writes = 300;
    public const string Origin = "https://erp.example";
    private static string admin = "";

    /// <summary>Settings that change while the gateways run.</summary>
    public static string Live { get; } = Directory.CreateTempSubdirectory("invoicing-live-").FullName;

    public static LocalSystem Local { get; private set; } = null!;

    public static StandIn Tickets { get; private set; } = null!;

    public static StandIn Jobs { get; private set; } = null!;

    public static StandIn Billing { get; private set; } = null!;

    /// <summary>An operator's key of a tenant that no test counts for.</summary>
    public static string Key { get; private set; } = "";

    public static string NewCompany() => $"company_{Guid.NewGuid():N}"[..24];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Tickets = await StandIn.StartAsync("tickets", $"http://127.0.0.1:{Ports.Free()}");
        Jobs = await StandIn.StartAsync("jobs", $"http://127.0.0.1:{Ports.Free()}");
        Billing = await StandIn.StartAsync("billing-metrics", $"http://127.0.0.1:{Ports.Free()}");
        Local = await LocalSystem.StartAsync(new SystemPlan
        {
            Services = ["gateway", "gateway-2", "gateway-alone", "tenant-config"],
            Portals = false,
            StandIns = new Dictionary<string, string> { ["tickets"] = Tickets.Url, ["jobs"] = Jobs.Url, ["billing-metrics"] = Billing.Url },
            More = Set,
        });
        admin = await Local.PlatformTokenAsync();
        Key = (await KeyAsync("anybody")).Secret;
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await (Local?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(Live, recursive: true);
        foreach (var service in new[] { Tickets, Jobs, Billing })
        {
            await (service?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    /// <summary>A client of one gateway; without a credential when none is given.</summary>
    public static HttpClient Client(string? bearer = null, string gateway = "gateway")
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Local[gateway].Url), Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        return http;
    }

    public static HttpClient Admin() => Client(admin);

    public static string AdminToken => admin;

    /// <summary>A new API key of a tenant: its id and its secret.</summary>
    public static async Task<(string Id, string Secret)> KeyAsync(string company, string role = "operator")
    {
        using var http = Admin();
        using var answer = await http.PostAsJsonAsync($"/invoicing/v2/tenants/{company}/api-keys", new { name = "test", role });
        var key = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!;
        return ((string)key["id"]!, (string)key["key"]!);
    }

    private static void Set(string service, Dictionary<string, string> environment)
    {
        environment["RateLimits__writes"] = $"{Writes}";
        environment["Security__Anonymous"] = service == "gateway-2" ? "operator" : "off";
        environment["Cors__Origins__0"] = Origin;
        environment["ReverseProxy__Clusters__billing-metrics__HttpRequest__ActivityTimeout"] = "00:00:01";
        environment["ReverseProxy__Routes__nobody__ClusterId"] = "nobody";
        environment["ReverseProxy__Routes__nobody__Match__Path"] = "/invoicing/v2/nobody";
        environment["ReverseProxy__Clusters__nobody__Destinations__service__Address"] = "http://127.0.0.1:9";
        environment["Live__Folder"] = Live;
        environment["ReverseProxy__Routes__two-versions__ClusterId"] = "two-versions";
        environment["ReverseProxy__Routes__two-versions__Match__Path"] = "/invoicing/v2/two-versions";
        environment["ReverseProxy__Clusters__two-versions__LoadBalancingPolicy"] = "Rollout";
        environment["ReverseProxy__Clusters__two-versions__Destinations__service__Address"] = Tickets.Url;
        if (service == "gateway-alone")
        {
            environment["services__tenant-config__http__0"] = "http://127.0.0.1:9";
        }
    }
}

internal static class Answers
{
    public static string? Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public static async Task<JsonObject> JsonAsync(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return JsonNode.Parse(text) as JsonObject ?? throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
    }

    /// <summary>What must be true of every refusal, whoever makes it.</summary>
    public static async Task<JsonObject> ProblemAsync(this HttpResponseMessage answer, int status)
    {
        var body = await answer.JsonAsync();
        Assert.Multiple(() =>
        {
            Assert.That((int)answer.StatusCode, Is.EqualTo(status), $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri}: {body}");
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That((int?)body["status"], Is.EqualTo(status));
            Assert.That((string?)body["traceId"], Does.Match("^[0-9a-f]{32}$").And.EqualTo(answer.Header("X-Request-Id")));
            Assert.That((string?)body["code"], Is.Not.Empty);
            Assert.That((string?)body["title"], Is.Not.Empty);
            Assert.That((string?)body["detail"], Is.Not.Empty);
            Assert.That((string?)body["instance"], Is.EqualTo(answer.RequestMessage!.RequestUri!.AbsolutePath));
            Assert.That(body.ToJsonString(), Does.Not.Contain("   at ").And.Not.Contain("Exception"));
        });
        return body;
    }
}
