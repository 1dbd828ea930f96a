using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

public sealed class JobCommandTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear() => await app.ClearAsync();

    [Test]
    public async Task A_created_job_is_queued_and_has_an_odd_number()
    {
        var (ticket, _) = await app.SubmitAsync("acme", job: false);
        var (status, job, headers) = await PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket, priority = "alta", config = new { enable_captcha = true } });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(job.GetProperty("id").GetInt64() % 2, Is.EqualTo(1));
            Assert.That(job.GetProperty("status").GetString(), Is.EqualTo("en_cola"));
            Assert.That(job.GetProperty("priority").GetString(), Is.EqualTo("alta"));
            Assert.That(job.GetProperty("config").GetProperty("enable_captcha").GetBoolean(), Is.True);
            Assert.That(headers.Location!.ToString(), Is.EqualTo($"/invoicing/v2/jobs/{job.GetProperty("id")}"));
        }
    }

    [Test]
    public async Task A_job_needs_a_ticket_of_its_tenant()
    {
        var (ticket, _) = await app.SubmitAsync("acme", job: false);
        await KnownAsync(ticket);
        var (unknown, _, _) = await PostAsync("/invoicing/v2/jobs", new { ticket_id = 999_999_999 });
        var (foreign, _, _) = await PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket }, "other");
        var (none, problem, _) = await PostAsync("/invoicing/v2/jobs", new { priority = "altisima" });
        var (nobody, _, _) = await PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket, merchant_id = 404 });
        var (somebody, made, _) = await PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket, merchant_id = 7 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That((unknown, foreign, none), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.UnprocessableEntity)));
            Assert.That((nobody, somebody, made.GetProperty("merchant_id").GetInt64()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK, 7)));
            Assert.That(problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()), Is.EquivalentTo(new[] { "/ticket_id", "/priority" }));
        }
    }

    [Test]
    public async Task The_same_key_makes_one_job_and_another_body_is_refused()
    {
        var (ticket, _) = await app.SubmitAsync("acme", job: false);
        await KnownAsync(ticket);
        var key = Guid.NewGuid().ToString("N");
        var first = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket }, key: key)));
        var again = await PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket }, key: key);
        var other = await PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket, priority = "baja" }, key: key);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Select(f => f.Status), Has.All.AnyOf(HttpStatusCode.OK, HttpStatusCode.Conflict));
            Assert.That(again.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(again.Headers.GetValues("Idempotency-Replayed"), Is.EqualTo(new[] { "true" }));
            Assert.That(other.Body.GetProperty("code").GetString(), Is.EqualTo("idempotency_mismatch"));
            Assert.That(await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE ticket_id = {ticket}"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Pausing_keeps_a_job_from_running_until_it_is_resumed()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.WhenAsync(job, "en_cola");
        var paused = await PostAsync($"/invoicing/v2/jobs/{job}/pause", null);
        var shown = await app.JobAsync(job);
        await app.Worker.OfferAsync(1);
        await app.ExecuteAsync("SELECT pg_sleep(1.5)");
        var ran = app.Bus.Heard<RunAttempt>().Any(r => r.JobId == job);
        var resumed = await PostAsync($"/invoicing/v2/jobs/{job}/resume", null);
        await app.Worker.AttemptAsync(job);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((paused.Status, resumed.Status, ran), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK, false)));
            Assert.That((shown.GetProperty("estado").GetString(), shown.GetProperty("status").GetString()), Is.EqualTo(("pausado", "en_cola")));
        }
    }

    [Test]
    public async Task A_cancelled_job_can_be_retried_and_a_finished_one_cannot_be_cancelled()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.WhenAsync(job, "en_cola");
        var cancelled = await PostAsync($"/invoicing/v2/jobs/{job}/cancel", null);
        var twice = await PostAsync($"/invoicing/v2/jobs/{job}/cancel", null);
        var retried = await PostAsync($"/invoicing/v2/jobs/{job}/retry", null);
        await app.Worker.OfferAsync(1);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job), Outcomes.FueraDePlazo);
        await app.WhenAsync(job, "fallido");
        var late = await PostAsync($"/invoicing/v2/jobs/{job}/cancel", null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cancelled.Body.GetProperty("status").GetString(), Is.EqualTo("cancelled"));
            Assert.That((twice.Status, retried.Status, late.Status), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict)));
        }
    }

    [Test]
    public async Task A_viewer_reads_but_does_not_write()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.WhenAsync(job, "en_cola");
        using var viewer = app.As("acme", Role.viewer);
        using var read = await viewer.GetAsync($"/invoicing/v2/jobs/{job}");
        using var write = await viewer.PostAsync(new Uri($"/invoicing/v2/jobs/{job}/cancel", UriKind.Relative), null);
        var problem = await write.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That((read.StatusCode, write.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Forbidden)));
        Assert.That(problem.GetProperty("detail").GetString(), Is.EqualTo("Permission denied: write_automation required"));
    }

    [Test]
    public async Task Lists_are_newest_first_filtered_and_paged()
    {
        var jobs = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            jobs.Add((await app.SubmitAsync("lists")).Job);
            await app.WhenAsync(jobs[^1], "en_cola");
        }

        using var client = app.As("lists");
        using var first = await client.GetAsync("/invoicing/v2/jobs?status=en_cola,procesando&limit=2");
        var link = first.Headers.GetValues("Link").Single();
        var second = await client.GetFromJsonAsync<JsonElement[]>(link[1..link.IndexOf('>', StringComparison.Ordinal)]);
        using var bad = await client.GetAsync("/invoicing/v2/jobs?limit=201");
        using var odd = await client.GetAsync("/invoicing/v2/jobs?status=en_progreso");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Ids(await first.Content.ReadFromJsonAsync<JsonElement[]>()), Is.EqualTo(new[] { jobs[2], jobs[1] }));
            Assert.That(first.Headers.GetValues("X-Total-Count"), Is.EqualTo(new[] { "3" }));
            Assert.That(Ids(second), Is.EqualTo(new[] { jobs[0] }));
            Assert.That((bad.StatusCode, odd.StatusCode), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity)));
        }
    }

    [Test]
    public async Task A_legacy_tenants_job_runs_only_when_told_to()
    {
        app.Tenants.Set("old", enhanced: false);
        var (ticket, job) = await app.SubmitAsync("old", legacy: true);
        await app.Worker.OfferAsync(1);
        var waiting = await app.WhenAsync(job, "pendiente");
        var refused = await PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket }, "old");
        var robust = await PostAsync($"/invoicing/tickets/{ticket}/process-robust", null, "old");
        var ran = app.Bus.Heard<RunAttempt>().Any(r => r.JobId == job);
        var processed = await PostAsync($"/invoicing/jobs/{job}/process", null, "old");
        await app.Worker.AttemptAsync(job);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((waiting.GetProperty("estado").GetString(), ran), Is.EqualTo(("pendiente", false)));
            Assert.That(refused.Body.GetProperty("code").GetString(), Is.EqualTo("feature_disabled"));
            Assert.That(robust.Body.GetProperty("mode").GetString(), Is.EqualTo("legacy"));
            Assert.That(processed.Body.GetProperty("success").GetBoolean(), Is.True);
        }
    }

    [Test]
    public async Task Process_robust_gives_the_open_job_or_makes_one()
    {
        var (ticket, job) = await app.SubmitAsync("acme");
        await app.WhenAsync(job, "en_cola");
        var open = await PostAsync($"/invoicing/tickets/{ticket}/process-robust?priority=alta&enable_captcha=true&max_retries=5", new[] { "https://uno.example.com/f" });
        await PostAsync($"/invoicing/v2/jobs/{job}/cancel", null);
        var made = await PostAsync($"/invoicing/tickets/{ticket}/process-robust?priority=alta", new { alternative_urls = new[] { "https://dos.example.com/f" } });
        var bad = await PostAsync($"/invoicing/tickets/{ticket}/process-robust?priority=urgentisimo", null);
        var forbidden = await PostAsync($"/invoicing/tickets/{ticket}/process-robust", new[] { "http://10.0.0.1/" });
        await app.Worker.OfferAsync(1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(open.Body.GetProperty("job_id").GetInt64(), Is.EqualTo(job));
            Assert.That((open.Body.GetProperty("status").GetString(), open.Body.GetProperty("mode").GetString()), Is.EqualTo(("queued", "enhanced")));
            Assert.That(made.Body.GetProperty("job_id").GetInt64() % 2, Is.EqualTo(1));
            Assert.That((await app.Worker.AttemptAsync(made.Body.GetProperty("job_id").GetInt64())).PortalUrls[0], Is.EqualTo("https://dos.example.com/f"));
            Assert.That((bad.Status, forbidden.Status), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity)));
        }
    }

    private async Task KnownAsync(long ticket) =>
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>($"SELECT count(*) FROM tickets WHERE id = {ticket} AND reading IS NOT NULL") == 1, "the ticket");

    private static long[] Ids(JsonElement[]? jobs) => [.. jobs!.Select(j => j.GetProperty("id").GetInt64())];

    private async Task<(HttpStatusCode Status, JsonElement Body, System.Net.Http.Headers.HttpResponseHeaders Headers)> PostAsync(
        string path, object? body, string company = "acme", string? key = null)
    {
        using var client = app.As(company);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(), answer.Headers);
    }
}
