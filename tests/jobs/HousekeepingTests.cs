using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

public sealed class HousekeepingTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync(more: new() { ["Retention:Every"] = "00:00:00.200", ["Inbox:PruneEvery"] = "00:00:00.200" });

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear() => await app.ClearAsync();

    [Test]
    public async Task What_nobody_asks_for_again_is_thrown_away_and_the_rest_stays()
    {
        var (_, open) = await app.SubmitAsync("acme");
        var (_, ended) = await app.SubmitAsync("acme");
        await app.WhenAsync(open, "en_cola");
        await app.WhenAsync(ended, "en_cola");
        using var client = app.As("acme");
        (await client.PostAsync(new Uri($"/invoicing/v2/jobs/{ended}/cancel", UriKind.Relative), null)).EnsureSuccessStatusCode().Dispose();
        await app.ExecuteAsync($"UPDATE automation_jobs SET completed_at = now() - interval '40 days' WHERE id = {ended}");
        await app.ExecuteAsync("UPDATE job_events SET created_at = now() - interval '40 days'");
        await app.ExecuteAsync("UPDATE inbox_messages SET received_at = now() - interval '8 days'");
        await app.ExecuteAsync("INSERT INTO idempotency_keys (scope, key, fingerprint, body, created_at) VALUES ('s', 'old', '', '', now() - interval '25 hours'), ('s', 'new', '', '', now())");
        await app.ExecuteAsync("INSERT INTO workers (id, slots, busy, draining, seen_at) VALUES ('gone', 1, 0, false, now() - interval '2 days')");
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>($"""
            SELECT (SELECT count(*) FROM job_events WHERE job_id = {ended}) + (SELECT count(*) FROM inbox_messages WHERE received_at < now() - interval '7 days') + (SELECT count(*) FROM idempotency_keys WHERE key = 'old')
                + (SELECT count(*) FROM workers WHERE id = 'gone')
            """) == 0, "the old rows to go");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await app.QueryAsync<long>($"SELECT count(*) FROM job_events WHERE job_id = {open}"), Is.Positive, "an open job keeps its story");
            Assert.That(await app.QueryAsync<long>("SELECT count(*) FROM idempotency_keys"), Is.EqualTo(1));
            Assert.That((await app.JobAsync(ended)).GetProperty("estado").GetString(), Is.EqualTo("cancelado"));
        }
    }

    [Test]
    public async Task A_batch_whose_request_died_is_concluded_with_what_was_accepted()
    {
        var (ticket, _) = await app.SubmitAsync("acme", job: false);
        using var client = app.As("acme");
        (await client.PostAsJsonAsync("/invoicing/v2/bulk", new { ticket_ids = new[] { ticket }, batch_id = "muerto" })).EnsureSuccessStatusCode().Dispose();
        await app.ExecuteAsync("UPDATE automation_batches SET accepting = 'x', total_jobs = 0, updated_at = now() - interval '11 minutes'");
        await Eventually.TrueAsync(async () => await app.QueryAsync<bool>("SELECT accepting IS NULL AND total_jobs = 1 AND status = 'processing' FROM automation_batches"), "the batch to be concluded");
    }

    [Test]
    public async Task Questions_are_listed_in_pages_that_follow_each_other()
    {
        for (var i = 0; i < 5; i++)
        {
            var (ticket, _) = await app.SubmitAsync("asks", read: false);
            await app.Bus.SayAsync(JobsApp.Reading(ticket, "asks", portal: null));
        }

        await Eventually.TrueAsync(async () => await app.QueryAsync<long>("SELECT count(*) FROM interventions WHERE company_id = 'asks'") == 5, "five questions");
        using var client = app.As("asks", Role.viewer);
        var (seen, next) = (new List<string>(), "/invoicing/v2/interventions?limit=2");
        while (next.Length > 0)
        {
            using var answer = await client.GetAsync(next);
            seen.AddRange((await answer.Content.ReadFromJsonAsync<JsonElement[]>())!.Select(i => i.GetProperty("id").GetString()!));
            next = answer.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : "";
        }

        Assert.That(seen, Has.Count.EqualTo(5).And.Unique);
    }
}
