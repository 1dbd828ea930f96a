using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

/// <summary>What the platform's operators see and steer.</summary>
public sealed class OperationsTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear() => await app.ClearAsync();

    [Test]
    public async Task An_open_breaker_is_seen_holds_jobs_of_all_tenants_and_is_reset_by_hand()
    {
        await app.ExecuteAsync("INSERT INTO portals (host, failures, attempts, open_until) VALUES ('portal.example.com:443', 5, 5, now() + interval '1 hour')");
        var (_, first) = await app.SubmitAsync("acme");
        var (_, second) = await app.SubmitAsync("other");
        await app.Worker.OfferAsync(5);
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>("SELECT count(*) FROM automation_jobs WHERE phase = 'queued'") == 2, "both in the queue");
        await app.ExecuteAsync("SELECT pg_sleep(1.5)");
        var held = app.Bus.Heard<RunAttempt>().Count(r => r.JobId == first || r.JobId == second);
        using var root = app.Service.AsPlatformAdmin();
        var seen = (await root.GetFromJsonAsync<JsonElement[]>("/invoicing/v2/admin/circuit-breakers"))!.Single();
        using var reset = await root.PostAsync(new Uri("/invoicing/v2/admin/circuit-breakers/portal.example.com:443/reset", UriKind.Relative), null);
        using var unknown = await root.PostAsync(new Uri("/invoicing/v2/admin/circuit-breakers/nadie.example.com:443/reset", UriKind.Relative), null);
        await app.Worker.AttemptAsync(first);
        await app.Worker.AttemptAsync(second);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(held, Is.Zero);
            Assert.That((seen.GetProperty("state").GetString(), seen.GetProperty("waiting_jobs").GetInt32()), Is.EqualTo(("open", 2)));
            Assert.That((reset.StatusCode, unknown.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound)));
        }
    }

    [Test]
    public async Task The_overview_counts_what_is_there()
    {
        var (_, job) = await app.SubmitAsync("acme", "alta");
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE id = {job} AND phase = 'queued'") == 1, "the job in the queue");
        using var root = app.Service.AsPlatformAdmin();
        var seen = await root.GetFromJsonAsync<JsonElement>("/invoicing/v2/admin/overview");
        using var tenant = app.As("acme", Role.admin);
        using var refused = await tenant.GetAsync("/invoicing/v2/admin/overview");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen.GetProperty("jobs_by_phase").GetProperty("queued").GetInt32(), Is.EqualTo(1));
            Assert.That(seen.GetProperty("queued_by_priority").GetProperty("alta").GetInt32(), Is.EqualTo(1));
            Assert.That((seen.GetProperty("dead_letters").GetInt32(), seen.GetProperty("pending_webhooks").GetInt32()), Is.EqualTo((0, 0)));
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        }
    }

    [Test]
    public async Task Process_robust_honours_an_idempotency_key()
    {
        var (ticket, job) = await app.SubmitAsync("acme");
        await app.WhenAsync(job, "en_cola");
        using var client = app.As("acme");
        (await client.PostAsync(new Uri($"/invoicing/v2/jobs/{job}/cancel", UriKind.Relative), null)).EnsureSuccessStatusCode().Dispose();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "robusto-1");
        using var first = await client.PostAsJsonAsync($"/invoicing/tickets/{ticket}/process-robust", new[] { "https://uno.example.com/f" });
        var made = await first.Content.ReadAsStringAsync();
        await app.ExecuteAsync($"UPDATE automation_jobs SET phase = 'closed' WHERE ticket_id = {ticket}");
        using var again = await client.PostAsJsonAsync($"/invoicing/tickets/{ticket}/process-robust", new[] { "https://uno.example.com/f" });
        using var other = await client.PostAsJsonAsync($"/invoicing/tickets/{ticket}/process-robust", new[] { "https://dos.example.com/f" });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await again.Content.ReadAsStringAsync(), Is.EqualTo(made));
            Assert.That(again.Headers.Contains("Idempotency-Replayed"), Is.True);
            Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE ticket_id = {ticket}"), Is.EqualTo(2));
        }
    }
}
