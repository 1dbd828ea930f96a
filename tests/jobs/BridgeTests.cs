using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Invoicing.Jobs.Tests;

public sealed class BridgeTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear() => await app.ClearAsync();

    [Test]
    public async Task Without_automation_the_viewer_gets_empty_lists_and_nothing_invented()
    {
        var (ticket, _) = await app.SubmitAsync("acme", job: false);
        var data = (await GetAsync($"/invoicing/tickets/{ticket}/automation-data")).GetProperty("data");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(data.GetProperty("ticket_info").GetProperty("texto_extraido").GetString(), Is.EqualTo($"TOTAL {ticket}.00"));
            Assert.That(data.GetProperty("automation_summary").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(data.GetProperty("llm_decisions").GetArrayLength(), Is.Zero);
            Assert.That(data.GetProperty("dynamic_analysis").GetProperty("captures").GetArrayLength(), Is.Zero);
            Assert.That((await GetAsync("/invoicing/automation/latest-data")).GetProperty("success").GetBoolean(), Is.False);
        }
    }

    [Test]
    public async Task With_automation_both_shapes_come_from_the_rows()
    {
        var (ticket, _) = await RunAsync();
        var data = (await GetAsync($"/invoicing/tickets/{ticket}/automation-data")).GetProperty("data");
        var latest = await GetAsync("/invoicing/automation/latest-data-enhanced");
        var run = latest.GetProperty("recent_automations")[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(data.GetProperty("automation_summary").GetProperty("total_steps").GetInt32(), Is.EqualTo(1));
            Assert.That(data.GetProperty("dynamic_analysis").GetProperty("captures")[0].GetProperty("screenshot_path").GetString(), Does.Contain("/artifacts/s"));
            Assert.That(run.GetProperty("ticket_id").GetInt64(), Is.EqualTo(ticket));
            Assert.That(run.GetProperty("automation_data").GetProperty("logs").GetArrayLength(), Is.EqualTo(1));
            Assert.That(latest.GetProperty("enhanced_mode").GetBoolean(), Is.True);
        }
    }

    [Test]
    public async Task An_artefact_is_served_whole_in_parts_and_only_to_who_may_see_it()
    {
        var (_, job) = await RunAsync();
        using var client = app.As("acme");
        var url = (await client.GetFromJsonAsync<JsonElement[]>($"/invoicing/v2/jobs/{job}/artifacts"))!.Single().GetProperty("url").GetString();
        using var whole = await client.GetAsync(url);
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(1, 2) } };
        using var part = await client.SendAsync(request);
        using var cached = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { IfNoneMatch = { whole.Headers.ETag! } } };
        using var same = await client.SendAsync(cached);
        using var viewer = app.As("acme", Role.viewer);
        using var denied = await viewer.GetAsync(url);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await whole.Content.ReadAsByteArrayAsync(), Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
            Assert.That(whole.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
            Assert.That((part.StatusCode, await part.Content.ReadAsByteArrayAsync()), Is.EqualTo((HttpStatusCode.PartialContent, new byte[] { 2, 3 })));
            Assert.That((same.StatusCode, denied.StatusCode), Is.EqualTo((HttpStatusCode.NotModified, HttpStatusCode.Forbidden)));
        }
    }

    [Test]
    public async Task V1_lists_jobs_as_existing_clients_know_them()
    {
        var (ticket, job) = await app.SubmitAsync("v1co");
        await app.WhenAsync(job, "en_cola");
        using var client = app.As("v1co");
        var list = await client.GetFromJsonAsync<JsonElement>("/invoicing/jobs?estado=pendiente");
        var row = list.GetProperty("jobs")[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((list.GetProperty("success").GetBoolean(), list.GetProperty("total").GetInt32(), list.GetProperty("company_id").GetString()), Is.EqualTo((true, 1, "v1co")));
            Assert.That((row.GetProperty("id").GetInt64(), row.GetProperty("ticket_id").GetInt64(), row.GetProperty("estado").GetString()), Is.EqualTo((job, ticket, "pendiente")));
            Assert.That(row.GetProperty("merchant_name").GetString(), Is.EqualTo("Tienda"));
        }
    }

    [Test]
    public async Task Health_counts_what_is_there_and_says_null_where_nothing_was_measured()
    {
        var (_, job) = await app.SubmitAsync("healthy");
        await app.Worker.OfferAsync(1);
        await app.Worker.TakeAsync(job);
        using var client = app.As("healthy");
        var health = await client.GetFromJsonAsync<JsonElement>("/invoicing/v2/health");
        var status = await client.GetFromJsonAsync<JsonElement>("/invoicing/system/status");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(health.GetProperty("active_jobs").GetInt32(), Is.EqualTo(1));
            Assert.That(health.GetProperty("success_rate_24h").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(health.GetProperty("services").EnumerateArray().Select(s => s.GetProperty("name").GetString()), Does.Contain("jobs").And.Contain("tickets"));
            Assert.That(status.GetProperty("api_version").GetString(), Is.EqualTo("1.1-enhanced"));
            Assert.That(status.GetProperty("system_health").GetProperty("mode").GetString(), Is.EqualTo("enhanced"));
        }
    }

    [Test]
    public async Task Internal_doors_open_for_services_only()
    {
        var (ticket, job) = await app.SubmitAsync("acme");
        await app.WhenAsync(job, "en_cola");
        using var service = app.Service.AsService("tickets");
        using var user = app.As("acme");
        var automation = await service.GetFromJsonAsync<JsonElement>($"/internal/tickets/{ticket}/automation");
        using var many = await service.PostAsJsonAsync("/internal/tickets/automation", new { ticket_ids = new[] { ticket, 77 } });
        var both = await many.Content.ReadFromJsonAsync<JsonElement>();
        using var denied = await user.GetAsync($"/internal/tickets/{ticket}/automation");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(automation.GetProperty("job").GetProperty("id").GetInt64(), Is.EqualTo(job));
            Assert.That(both.GetProperty("77").GetProperty("jobs").GetArrayLength(), Is.Zero);
            Assert.That(denied.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        }
    }

    [Test]
    public async Task The_documents_split_v1_from_v2()
    {
        using var client = app.Service.AsAnonymous();
        var v1 = (await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json")).GetProperty("paths");
        var v2 = (await client.GetFromJsonAsync<JsonElement>("/openapi/v2.json")).GetProperty("paths");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(v1.TryGetProperty("/invoicing/jobs", out _), Is.True);
            Assert.That(v2.TryGetProperty("/invoicing/v2/jobs", out _), Is.True);
            Assert.That(v1.EnumerateObject().Concat(v2.EnumerateObject()).Any(p => p.Name.StartsWith("/internal", StringComparison.Ordinal)), Is.False);
        }
    }

    private async Task<(long Ticket, long Job)> RunAsync()
    {
        var (ticket, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        var run = await app.Worker.TakeAsync(job);
        var shot = await app.Service.Services.GetRequiredService<Artefacts>().PutAsync("acme", "paso.png", "image/png", new byte[] { 1, 2, 3, 4 }, default);
        await app.Worker.StepAsync(run, 1, shot: shot);
        await app.WhenAsync(job, "navegando");
        return (ticket, job);
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var client = app.As("acme");
        return await client.GetFromJsonAsync<JsonElement>(path);
    }
}
