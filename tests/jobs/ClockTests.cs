using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

/// <summary>Every time limit of a job by a clock that the test moves: nothing here waits for real hours, and nothing happens before its time.</summary>
public sealed class ClockTests
{
    private readonly ShiftedTime time = new();
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync(time: time);

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear() => await app.ClearAsync();

    [Test]
    public async Task A_silent_worker_loses_its_lease_within_a_minute_and_its_question_is_withdrawn()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        var run = await app.Worker.TakeAsync(job);
        var question = $"q-{Guid.NewGuid():N}";
        await app.Worker.AskAsync(run, question);
        await app.WhenAsync(job, "requiere_intervencion");
        time.Shift(TimeSpan.FromSeconds(46));
        await app.Worker.OfferAsync(1);
        await app.Worker.AttemptAsync(job, 2);
        Assert.That(await app.QueryAsync<string>($"SELECT status FROM interventions WHERE id = '{question}'"), Is.Not.EqualTo("open"));
    }

    [Test]
    public async Task A_clock_that_jumps_ahead_and_back_wastes_an_attempt_at_most_and_lets_nobody_press_twice()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        var first = await app.Worker.TakeAsync(job);
        time.Shift(TimeSpan.FromSeconds(90));
        await app.Worker.OfferAsync(1);
        var second = await app.Worker.TakeAsync(job, 2);
        time.Shift(TimeSpan.FromHours(-1));
        var presses = (await app.Worker.EmitAsync(first), await app.Worker.EmitAsync(second));
        var beat = await app.Worker.CallAsync(job, 2, "heartbeat", new { worker = "worker-1", waiting = false });
        await app.Worker.FinishAsync(first, Outcomes.Entregada, emitted: true, xml: true);
        await app.Worker.FinishAsync(second, Outcomes.Entregada, emitted: true, xml: true);
        await app.Bus.WaitForAsync<VerifyCfdi>(v => v.JobId == job && v.Attempt == 2);
        await app.Worker.AcceptAsync(second);
        await app.WhenAsync(job, "completado");
        time.Shift(TimeSpan.FromHours(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(presses, Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.OK)));
            Assert.That(beat, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await app.QueryAsync<int>($"SELECT attempt FROM automation_jobs WHERE id = {job}"), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_verification_is_asked_for_again_and_ends_the_job_after_three_days_without_an_answer()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        await app.Worker.DeliverAsync(job);
        await app.Bus.WaitForAsync<VerifyCfdi>(v => v.JobId == job);
        time.Shift(TimeSpan.FromMinutes(11));
        await Eventually.TrueAsync(() => Task.FromResult(app.Bus.Heard<VerifyCfdi>().Count(v => v.JobId == job) > 1), "the second asking");
        time.Shift(TimeSpan.FromDays(3));
        Assert.That((await app.WhenAsync(job, "timeout")).GetProperty("outcome").GetString(), Is.EqualTo("resultado_incierto"));
    }

    [Test]
    public async Task Files_that_do_not_come_for_days_are_a_person_s_matter_and_still_welcome()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job), Outcomes.EmitidaPendienteArchivos, emitted: true);
        await app.WhenAsync(job, "descarga_pendiente");
        time.Shift(TimeSpan.FromDays(5.5));
        await app.Worker.OfferAsync(1);
        var run = await app.Worker.TakeAsync(job, 2);
        await app.Worker.FinishAsync(run, Outcomes.EmitidaPendienteArchivos);
        var asked = await app.WhenAsync(job, "requiere_intervencion");
        await app.Worker.AcceptAsync(run);
        Assert.That(asked.GetProperty("intervention_instructions").GetString(), Does.StartWith("La factura se emitió el ").And.Contain("Pídalos al comercio"));
        Assert.That((run.ConsultOnly, asked.GetProperty("outcome").GetString()), Is.EqualTo((true, "emitida_pendiente_archivos")));
        await app.WhenAsync(job, "completado");
    }

    [Test]
    public async Task An_attempt_whose_worker_lives_is_stopped_when_its_time_is_over()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        await app.Worker.TakeAsync(job);
        for (var i = 0; i < 9; i++)
        {
            Assert.That(app.Bus.Heard<CancelAttempt>().Any(c => c.JobId == job), Is.False, "not before its time");
            time.Shift(TimeSpan.FromSeconds(39));
            var beat = await app.Worker.CallAsync(job, 1, "heartbeat", new { worker = "worker-1", waiting = false });
            Assert.That(beat, i < 8 ? Is.EqualTo(HttpStatusCode.OK) : Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.Conflict));
        }

        Assert.That(await app.Bus.WaitForAsync<CancelAttempt>(c => c.JobId == job), Has.Property("Reason").EqualTo("timeout"));
    }

    [Test]
    public async Task A_job_nobody_can_run_leaves_the_queue_after_a_week()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await PhaseAsync(job, "queued");
        time.Shift(TimeSpan.FromDays(6));
        await SettleAsync();
        var before = await app.QueryAsync<string>($"SELECT phase FROM automation_jobs WHERE id = {job}");
        time.Shift(TimeSpan.FromDays(1.1));
        var ended = await app.WhenAsync(job, "timeout");
        Assert.That((before, ended.GetProperty("estado").GetString()), Is.EqualTo(("queued", "fallido")));
    }

    [Test]
    public async Task A_person_who_never_answers_ends_the_job_after_three_days()
    {
        app.Tenants.WithoutProfile("acme");
        var (_, job) = await app.SubmitAsync("acme");
        await app.WhenAsync(job, "requiere_intervencion");
        time.Shift(TimeSpan.FromHours(73));
        Assert.That((await app.WhenAsync(job, "timeout")).GetProperty("outcome").GetString(), Is.EqualTo("requiere_humano"));
        app.Tenants.WithoutProfile("acme", without: false);
    }

    [Test]
    public async Task A_scheduled_job_waits_for_its_time()
    {
        var (ticket, _) = await app.SubmitAsync("acme", job: false);
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>($"SELECT count(*) FROM tickets WHERE id = {ticket} AND reading IS NOT NULL") == 1, "the reading");
        using var client = app.As("acme");
        using var answer = await client.PostAsJsonAsync("/invoicing/v2/jobs", new { ticket_id = ticket, scheduled_at = time.GetUtcNow().AddHours(1) });
        var job = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
        await app.Worker.OfferAsync(1);
        await SettleAsync();
        var early = app.Bus.Heard<RunAttempt>().Any(r => r.JobId == job);
        time.Shift(TimeSpan.FromMinutes(61));
        await app.Worker.OfferAsync(1);
        await app.Worker.AttemptAsync(job);
        Assert.That(early, Is.False);
    }

    [Test]
    public async Task What_the_portal_says_to_come_back_for_is_tried_at_that_time_and_costs_no_retry()
    {
        var (_, job) = await app.SubmitAsync("acme", maxRetries: 0);
        await app.Worker.OfferAsync(1);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job), Outcomes.AunNoDisponible, retryAt: time.GetUtcNow().AddHours(5));
        await PhaseAsync(job, "queued");
        time.Shift(TimeSpan.FromHours(4.9));
        await app.Worker.OfferAsync(1);
        await SettleAsync();
        var early = app.Bus.Heard<RunAttempt>().Any(r => r.JobId == job && r.Attempt == 2);
        time.Shift(TimeSpan.FromMinutes(7));
        await app.Worker.OfferAsync(1);
        await app.Worker.AttemptAsync(job, 2);
        Assert.That((early, await app.QueryAsync<int>($"SELECT retry_count FROM automation_jobs WHERE id = {job}")), Is.EqualTo((false, 0)));
    }

    [Test]
    public async Task Over_the_daily_limit_a_job_runs_on_the_next_day()
    {
        app.Tenants.Set("daily", daily: 1);
        var (_, first) = await app.SubmitAsync("daily");
        await app.Worker.OfferAsync(5);
        await app.Worker.AttemptAsync(first);
        var (ticket, second) = await app.SubmitAsync("daily");
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE id = {second} AND held_reason = 'daily_limit'") == 1, "the hold");
        using var client = app.As("daily");
        using var answer = await client.PostAsJsonAsync("/invoicing/v2/jobs", new { ticket_id = ticket });
        Assert.That((await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("outcome_detail").GetString(), Does.Contain("mañana"));
        time.Shift(TimeSpan.FromHours(24));
        await app.Worker.OfferAsync(5);
        await app.Worker.AttemptAsync(second);
    }

    [Test]
    public async Task An_open_breaker_lets_one_probe_through_after_a_minute()
    {
        await app.ExecuteAsync("INSERT INTO portals (host, failures, attempts) VALUES ('portal.example.com:443', 4, 4)");
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(2);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job), Outcomes.PortalCaido);
        await Eventually.TrueAsync(async () => await app.QueryAsync<bool>("SELECT open_until IS NOT NULL FROM portals"), "the breaker to open");
        var (_, waiting) = await app.SubmitAsync("acme");
        await PhaseAsync(waiting, "queued");
        time.Shift(TimeSpan.FromSeconds(61));
        await app.Worker.OfferAsync(2);
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>("SELECT count(*) FROM automation_jobs WHERE phase = 'dispatched'") == 1, "the probe");
        await SettleAsync();
        Assert.That(await app.QueryAsync<long>("SELECT count(*) FROM automation_jobs WHERE phase = 'dispatched'"), Is.EqualTo(1));
    }

    private Task PhaseAsync(long job, string phase) =>
        Eventually.TrueAsync(async () => await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE id = {job} AND phase = '{phase}'") == 1, $"job {job} to be {phase}");

    /// <summary>Longer than a pass of clocks and dispatcher.</summary>
    private Task SettleAsync() => app.ExecuteAsync("SELECT pg_sleep(1.5)");
}
