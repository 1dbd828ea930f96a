using System.Net;
using Invoicing.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Invoicing.ServiceDefaults.Tests;

/// <summary>What operators and machines do with a service that runs: change its settings, read its metrics, ask how much work there is.</summary>
public sealed class RunningServiceTests
{
    private readonly string live = Directory.CreateTempSubdirectory("invoicing-live-").FullName;
    private readonly string secrets = Directory.CreateTempSubdirectory("invoicing-secrets-").FullName;
    private readonly (int Own, int Metrics) ports = (Ports.Free(), Ports.Free());
    private WebApplication app = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(secrets, "ConnectionStrings__sample"), "from a file\n");
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = $"http://127.0.0.1:{ports.Own}", ["Metrics:Port"] = $"{ports.Metrics}", ["Live:Folder"] = live, ["Settings:Folder"] = secrets,
            ["OTEL_SERVICE_NAME"] = "sample", ["Logging:LogLevel:Default"] = "Information",
        });
        builder.AddServiceDefaults();
        app = builder.Build();
        app.UseServiceDefaults();
        await app.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(live, recursive: true);
        Directory.Delete(secrets, recursive: true);
    }

    [Test]
    public void A_secret_is_a_file() => Assert.That(app.Configuration.GetConnectionString("sample"), Is.EqualTo("from a file"));

    [Test]
    public async Task A_log_level_changes_while_the_service_runs_and_goes_back_with_its_file()
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Invoicing.Anything");
        Assert.That(log.IsEnabled(LogLevel.Debug), Is.False);
        var file = Path.Combine(live, "sample.json");
        await File.WriteAllTextAsync(file, """{"Logging":{"LogLevel":{"Invoicing":"Debug"}}}""");
        await Eventually.TrueAsync(() => Task.FromResult(log.IsEnabled(LogLevel.Debug)), "debug on");
        File.Delete(file);
        await Eventually.TrueAsync(() => Task.FromResult(!log.IsEnabled(LogLevel.Debug)), "debug off");
    }

    [Test]
    public async Task Metrics_and_the_scale_signal_answer_on_their_own_port_alone()
    {
        Assert.That(await StatusAsync(ports.Metrics, "/metrics"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync(ports.Metrics, "/health"), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await StatusAsync(ports.Own, "/health"), Is.EqualTo(HttpStatusCode.OK));
        foreach (var path in (string[])["/metrics", "/scale"])
        {
            Assert.That(await StatusAsync(ports.Own, path), Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(await StatusAsync(ports.Own, path, $"127.0.0.1:{ports.Metrics}"), Is.EqualTo(HttpStatusCode.NotFound), "a Host header opens nothing");
        }
    }

    [Test]
    public async Task A_duration_leads_to_the_trace_of_a_request()
    {
        await StatusAsync(ports.Own, "/nothing");
        using var http = new HttpClient { DefaultRequestHeaders = { Accept = { new("application/openmetrics-text") } } };
        await Eventually.TrueAsync(
            async () => (await http.GetStringAsync(new Uri($"http://127.0.0.1:{ports.Metrics}/metrics"))).Contains("# {trace_id=\"", StringComparison.Ordinal), "an exemplar");
    }

    [Test]
    public async Task The_scale_signal_is_unknown_until_somebody_looked()
    {
        Assert.That(await StatusAsync(ports.Metrics, "/scale"), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Workload.Report(7);
        using var http = new HttpClient();
        Assert.That(await http.GetStringAsync(new Uri($"http://127.0.0.1:{ports.Metrics}/scale")), Is.EqualTo("""{"workload":7}"""));
        // A scrape is served again for a moment to whoever asks at the same time.
        await Eventually.TrueAsync(async () => (await http.GetStringAsync(new Uri($"http://127.0.0.1:{ports.Metrics}/metrics"))).Contains("invoicing_workload", StringComparison.Ordinal), "the gauge");
    }

    private static async Task<HttpStatusCode> StatusAsync(int port, string path, string? host = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}{path}") { Headers = { Host = host } };
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
