using System.Net;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

public sealed class AttemptFenceTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear() => await app.ClearAsync();

    [Test]
    public async Task A_silent_worker_loses_the_attempt_and_can_change_nothing_afterwards()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        var dead = await app.Worker.TakeAsync(job);
        await app.ExecuteAsync($"UPDATE automation_jobs SET lease_until = now() - interval '1 second' WHERE id = {job}");
        var alive = await app.Worker.TakeAsync(job, 2);
        await app.Worker.FinishAsync(dead, Outcomes.TicketNoEncontrado);
        var (emit, beat) = (await app.Worker.EmitAsync(dead), await app.Worker.CallAsync(job, 1, "heartbeat", new { worker = "worker-1", waiting = false }));
        await app.Worker.FinishAsync(alive, Outcomes.FueraDePlazo);
        var ended = await app.WhenAsync(job, "fallido");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(emit, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(beat, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(ended.GetProperty("outcome").GetString(), Is.EqualTo("fuera_de_plazo"));
            Assert.That(ended.GetProperty("retry_count").GetInt32(), Is.Zero, "a dead worker burns no retry");
        }
    }

    [Test]
    public async Task Ends_that_come_together_are_written_together_and_one_that_cannot_be_written_keeps_none_of_the_others()
    {
        app.Tenants.Set("acme", concurrent: 12);
        var jobs = new List<long>();
        for (var i = 0; i < 12; i++)
        {
            jobs.Add((await app.SubmitAsync("acme")).Job);
        }

        await app.Worker.OfferAsync(12);
        var runs = await Task.WhenAll(jobs.Select(job => app.Worker.TakeAsync(job)));
        // No text of PostgreSQL's holds the character 0.
        var bad = jobs[5];
        string WordOf(RunAttempt run) => run.JobId == bad ? "\0" : Outcomes.FueraDePlazo;
        await Task.WhenAll(runs.Concat(runs).Select(run => app.Worker.FinishAsync(run, WordOf(run))));
        foreach (var job in jobs.Where(job => job != bad))
        {
            Assert.That((await app.WhenAsync(job, "fallido")).GetProperty("outcome").GetString(), Is.EqualTo("fuera_de_plazo"));
            await app.Bus.WaitForAsync<JobClosed>(c => c.JobId == job);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await app.QueryAsync<string>($"SELECT phase FROM automation_jobs WHERE id = {bad}"), Is.EqualTo("running"));
            Assert.That(app.Bus.Heard<JobClosed>().Count(c => jobs.Contains(c.JobId)), Is.EqualTo(11), "each end once, though each was said twice");
        }
    }

    [Test]
    public async Task A_heartbeat_keeps_the_lease()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        await app.Worker.TakeAsync(job);
        await app.ExecuteAsync($"UPDATE automation_jobs SET lease_until = now() + interval '2 seconds' WHERE id = {job}");
        Assert.That(await app.Worker.CallAsync(job, 1, "heartbeat", new { worker = "worker-1", waiting = false }), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await app.QueryAsync<bool>($"SELECT lease_until > now() + interval '30 seconds' FROM automation_jobs WHERE id = {job}"), Is.True);
    }

    [Test]
    public async Task Only_one_session_of_one_worker_runs_an_attempt_and_may_ask_for_its_lease_twice()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        var run = await app.Worker.TakeAsync(job);
        Task<HttpStatusCode> LeaseAsync(string worker, string session) => app.Worker.CallAsync(job, 1, "lease", new { worker, session_id = session });
        var before = (await LeaseAsync("worker-1", $"s-{job}-1"), await LeaseAsync("worker-1", "another"), await LeaseAsync("worker-2", $"s-{job}-1"));
        await app.Worker.EmitAsync(run);
        var after = (await LeaseAsync("worker-1", $"s-{job}-1"), await LeaseAsync("worker-1", "another"), await LeaseAsync("worker-2", $"s-{job}-1"));
        Assert.That((before, after), Is.EqualTo(((HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.Conflict), (HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.Conflict))));
    }

    [Test]
    public async Task After_a_recorded_emission_the_next_attempt_only_consults()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        var first = await app.Worker.TakeAsync(job);
        Assert.That(await app.Worker.EmitAsync(first), Is.EqualTo(HttpStatusCode.OK));
        await app.ExecuteAsync($"UPDATE automation_jobs SET lease_until = now() - interval '1 second' WHERE id = {job}");
        var second = await app.Worker.TakeAsync(job, 2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.ConsultOnly, Is.True);
            Assert.That(await app.Worker.EmitAsync(second), Is.EqualTo(HttpStatusCode.Conflict), "a second emission is never allowed");
        }
    }

    [Test]
    public async Task A_consultation_that_finds_nothing_after_an_emission_is_not_final()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        var first = await app.Worker.TakeAsync(job);
        await app.Worker.EmitAsync(first);
        await app.Worker.FinishAsync(first, Outcomes.ResultadoIncierto, emitted: true);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job, 2), Outcomes.TicketNoEncontrado);
        Assert.That((await app.Worker.AttemptAsync(job, 3)).ConsultOnly, Is.True);
    }

    [Test]
    public async Task A_draining_worker_gives_the_attempt_back_for_free()
    {
        var (_, job) = await app.SubmitAsync("acme", maxRetries: 0);
        await app.Worker.OfferAsync(1);
        await app.Worker.TakeAsync(job);
        Assert.That(await app.Worker.CallAsync(job, 1, "return", new { worker = "worker-1", reason = "drain" }), Is.EqualTo(HttpStatusCode.OK));
        await app.Worker.AttemptAsync(job, 2);
        Assert.That((await app.JobAsync(job)).GetProperty("retry_count").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task Cancelling_a_running_job_stops_its_worker_and_bills_what_it_used()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        var run = await app.Worker.TakeAsync(job);
        using var client = app.As("acme");
        using var answer = await client.PostAsync(new Uri($"/invoicing/v2/jobs/{job}/cancel", UriKind.Relative), null);
        var shown = await app.JobAsync(job);
        await app.Bus.WaitForAsync<CancelAttempt>(c => c.JobId == job && c.Attempt == 1);
        await app.Worker.FinishAsync(run, Outcomes.RequiereHumano);
        var closed = await app.Bus.WaitForAsync<JobClosed>(c => c.JobId == job);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(shown.GetProperty("estado").GetString(), Is.EqualTo("cancelado"));
            Assert.That(closed, Has.Property("Estado").EqualTo("cancelado"));
            Assert.That(closed.Usage.BrowserSeconds, Is.EqualTo(12.5));
        }
    }

    [Test]
    public async Task An_attempt_that_overruns_its_clock_is_stopped_and_tried_again()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        await app.Worker.TakeAsync(job);
        await app.ExecuteAsync($"UPDATE automation_jobs SET run_deadline = now() - interval '1 second' WHERE id = {job}");
        await app.Bus.WaitForAsync<CancelAttempt>(c => c.JobId == job && c.Reason == "timeout");
        await app.Worker.AttemptAsync(job, 2);
        Assert.That((await app.JobAsync(job)).GetProperty("error_type").GetString(), Is.EqualTo("timeout"));
    }

    [Test]
    public async Task Five_failures_in_a_row_keep_everybody_away_from_the_portal()
    {
        await app.ExecuteAsync("INSERT INTO portals (host, failures, attempts) VALUES ('portal.example.com:443', 4, 4)");
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(2);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job), Outcomes.PortalCaido);
        await Eventually.TrueAsync(async () => await app.QueryAsync<bool>("SELECT COALESCE(open_until > now(), false) FROM portals"), "the breaker to open");
        var (_, waiting) = await app.SubmitAsync("acme");
        await app.ExecuteAsync("SELECT pg_sleep(2)");
        var whileOpen = app.Bus.Heard<RunAttempt>().Count(r => r.JobId == waiting);
        await app.ExecuteAsync("UPDATE portals SET open_until = now() - interval '1 second'");
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>("SELECT count(*) FROM automation_jobs WHERE phase = 'dispatched'") == 1, "one probe");
        await app.ExecuteAsync("SELECT pg_sleep(2)");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(whileOpen, Is.Zero);
            Assert.That(await app.QueryAsync<long>("SELECT count(*) FROM automation_jobs WHERE phase = 'dispatched'"), Is.EqualTo(1), "one probe, the other waits");
        }
    }
}
