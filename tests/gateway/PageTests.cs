using System.Text.Json.Nodes;

namespace Invoicing.Gateway.Tests;

/// <summary>Addresses that clients of the replaced system keep, the documents, and health.</summary>
public sealed class PageTests
{
    [TestCase("/", 307, "/static/index.html")]
    [TestCase("/docs", 302, "docs/")]
    [TestCase("/invoicing/simple", 302, "/console/tickets/nuevos")]
    [TestCase("/invoicing/dashboard", 302, "/console/tickets")]
    [TestCase("/invoicing/automation-viewer", 302, "/console/trabajos")]
    public async Task Old_addresses_lead_on(string path, int status, string to)
    {
        using var http = App.Client();
        using var answer = await http.GetAsync(path);
        Assert.That(((int)answer.StatusCode, answer.Headers.Location?.ToString()), Is.EqualTo((status, to)));
    }

    [TestCase("/static/index.html", "text/html")]
    [TestCase("/static/automation-viewer.html", "text/html")]
    [TestCase("/static/advanced-ticket-dashboard.html", "text/html")]
    [TestCase("/static/app.js", "javascript")]
    [TestCase("/static/job-stream.js", "javascript")]
    [TestCase("/docs/", "text/html")]
    public async Task Pages_are_there_without_a_credential(string path, string type)
    {
        using var http = App.Client();
        using var answer = await http.GetAsync(path);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Does.Contain(type));
    }

    [Test]
    public async Task Whom_to_tell_of_a_weakness_is_said_where_somebody_is_named()
    {
        using var http = App.Client();
        var text = await http.GetStringAsync("/.well-known/security.txt");
        Assert.That(text, Does.Match(@"\AContact: mailto:seguridad@example\.com\nExpires: \d{4}-\d\d-\d\dT00:00:00Z\n"));
        using var other = App.Client(gateway: "gateway-2");
        Assert.That((int)(await other.GetAsync("/.well-known/security.txt")).StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task Health_tells_what_clients_know()
    {
        using var http = App.Client();
        var health = await (await http.GetAsync("/health")).JsonAsync();
        Assert.That(health.Select(p => p.Key), Is.SupersetOf(new[] { "status", "version", "server", "uptime" }));
        Assert.That(((string?)health["status"], (string?)health["version"]), Is.EqualTo(("healthy", (string?)health["version"])).And.Not.EqualTo(("healthy", "1.0.0")));
        Assert.That((int)(await http.GetAsync("/alive")).StatusCode, Is.EqualTo(200));
    }

    [TestCase("v1")]
    [TestCase("v2")]
    public async Task The_documents_of_all_services_are_one(string version)
    {
        using var http = App.Client();
        var document = await (await http.GetAsync($"/openapi/{version}.json")).JsonAsync();
        var prefix = version == "v2" ? "/invoicing/v2" : "/invoicing";

        Assert.That((string?)document["openapi"], Does.StartWith("3.1"));
        Assert.That(((JsonObject)document["paths"]!).Select(p => p.Key), Is.SupersetOf(new[] { $"{prefix}/tickets", $"{prefix}/jobs", $"{prefix}/billing-metrics" }));
        foreach (var service in (string[])["tickets", "jobs", "billing-metrics"])
        {
            var reference = (string)document["paths"]![$"{prefix}/{service}"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!;
            Assert.That((string?)document["components"]!["schemas"]![reference.Split('/')[^1]]!["title"], Is.EqualTo(service), "a name taken twice is told apart");
        }
    }

    [Test]
    public async Task A_stream_passes_as_it_is_written()
    {
        using var http = App.Client(gateway: "gateway-2");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/invoicing/v2/jobs/7/stream");
        request.Headers.Add("Last-Event-ID", "41");
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());

        Assert.That((await lines.ReadLineAsync(), await lines.ReadLineAsync()), Is.EqualTo(("id: 1", "data: 41")));
        App.Jobs.SendSecondEvent();
        Assert.That(await lines.ReadToEndAsync(), Does.Contain("data: second"));
        Assert.That(answer.Header("Content-Encoding"), Is.Null);
    }
}
