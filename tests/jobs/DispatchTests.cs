using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

public sealed class DispatchTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear() => await app.ClearAsync();

    [Test]
    public async Task Nothing_is_handed_out_without_a_free_slot()
    {
        var (_, first) = await QueuedAsync("acme");
        var (_, second) = await QueuedAsync("acme");
        await SettleAsync();
        var without = Handed(first) + Handed(second);
        await app.Worker.OfferAsync(1);
        await app.Worker.AttemptAsync(first);
        await SettleAsync();
        Assert.That((without, Handed(second)), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_draining_worker_gets_nothing()
    {
        await app.Worker.OfferAsync(5, draining: true);
        var (_, job) = await QueuedAsync("acme");
        await SettleAsync();
        Assert.That(Handed(job), Is.Zero);
    }

    [Test]
    public async Task Urgent_goes_before_everything_that_is_not_a_day_old()
    {
        var (_, low) = await QueuedAsync("acme", "baja");
        var (_, normal) = await QueuedAsync("acme");
        var (_, high) = await QueuedAsync("acme", "alta");
        var (_, urgent) = await QueuedAsync("acme", "urgente");
        Assert.That(await OrderAsync(4), Is.EqualTo(new[] { urgent, high, normal, low }));
    }

    [Test]
    public async Task A_low_job_that_waited_a_day_and_a_half_goes_before_a_new_urgent_one()
    {
        var (_, low) = await QueuedAsync("acme", "baja");
        await app.ExecuteAsync($"UPDATE automation_jobs SET rank_at = rank_at - interval '36 hours' WHERE id = {low}");
        var (_, urgent) = await QueuedAsync("acme", "urgente");
        Assert.That(await OrderAsync(2), Is.EqualTo(new[] { low, urgent }));
    }

    [Test]
    public async Task A_ticket_whose_window_closes_soon_goes_before_older_ones()
    {
        var (_, older) = await QueuedAsync("acme");
        var (ticket, closing) = await app.SubmitAsync("acme", read: false);
        await app.Bus.SayAsync(JobsApp.Reading(ticket, "acme") with { ClosesAt = TimeProvider.System.GetUtcNow().AddHours(2) });
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE id = {closing} AND phase = 'queued'") == 1, "the second in the queue");
        Assert.That(await OrderAsync(2), Is.EqualTo(new[] { closing, older }));
    }

    [Test]
    public async Task A_date_that_is_corrected_gives_a_waiting_job_its_new_deadline()
    {
        var (_, older) = await QueuedAsync("acme");
        var (ticket, corrected) = await QueuedAsync("acme");
        await app.Bus.SayAsync(JobsApp.Reading(ticket, "acme") with { Revision = 7, ClosesAt = TimeProvider.System.GetUtcNow().AddHours(2) });
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE id = {corrected} AND closes_at IS NOT NULL") == 1, "the new deadline");
        Assert.That(await OrderAsync(2), Is.EqualTo(new[] { corrected, older }));
    }

    [Test]
    public async Task A_ticket_its_merchant_does_not_know_yet_waits_and_says_until_when()
    {
        var from = TimeProvider.System.GetUtcNow().AddHours(2);
        var (ticket, early) = await app.SubmitAsync("acme", read: false);
        await app.Bus.SayAsync(JobsApp.Reading(ticket, "acme") with { AvailableFrom = from });
        await Eventually.TrueAsync(async () => (await app.JobAsync(early)).GetProperty("outcome").GetString() == "aun_no_disponible", "the job waits");
        var job = await app.JobAsync(early);
        var (_, later) = await QueuedAsync("acme");
        Assert.That(await OrderAsync(1), Is.EqualTo(new[] { later }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(job.GetProperty("status").GetString(), Is.EqualTo("en_cola"));
            Assert.That(job.GetProperty("next_attempt_at").GetDateTimeOffset(), Is.EqualTo(from).Within(TimeSpan.FromMilliseconds(1)));
            Assert.That(job.GetProperty("outcome_detail").GetString(), Does.StartWith("El comercio factura este ticket a partir del ").And.Contain("hora del centro de México"));
            Assert.That(Handed(early), Is.Zero);
        }

        await app.ExecuteAsync($"UPDATE automation_jobs SET next_attempt_at = now() - interval '1 second' WHERE id = {early}");
        Assert.That(await OrderAsync(1), Is.EqualTo(new[] { early }));
    }

    [Test]
    public async Task A_tenant_never_runs_more_than_its_limit()
    {
        app.Tenants.Set("small", concurrent: 2);
        var jobs = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            jobs.Add((await QueuedAsync("small")).Job);
        }

        await app.Worker.OfferAsync(10);
        await Eventually.TrueAsync(() => Task.FromResult(jobs.Sum(Handed) == 2), "two attempts");
        await SettleAsync();
        Assert.That(jobs.Sum(Handed), Is.EqualTo(2));
    }

    [Test]
    public async Task A_quiet_tenant_does_not_wait_behind_a_noisy_one()
    {
        app.Tenants.Set("noisy", concurrent: 50);
        for (var i = 0; i < 8; i++)
        {
            await QueuedAsync("noisy");
        }

        var (_, quiet) = await QueuedAsync("quiet");
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>("SELECT count(*) FROM tenant_limits") == 2, "what both may have is known");
        var order = await OrderAsync(3);
        Assert.That(order, Does.Contain(quiet), "the quiet tenant's job is among the first three although eight are older");
    }

    [Test]
    public async Task Behind_many_whose_portal_is_closed_the_one_that_can_run_is_found()
    {
        for (var i = 0; i < 6; i++)
        {
            await QueuedAsync($"waits{i}");
        }

        await app.ExecuteAsync("INSERT INTO portals (host, failures, attempts, open_until) SELECT DISTINCT portal_host, 5, 5, now() + interval '1 hour' FROM automation_jobs ON CONFLICT (host) DO UPDATE SET open_until = excluded.open_until");
        var (_, last) = await QueuedAsync("runs");
        await app.ExecuteAsync($"UPDATE automation_jobs SET portal_host = 'other.example.com:443' WHERE id = {last}");
        Assert.That(await OrderAsync(1), Is.EqualTo(new[] { last }));
    }

    [Test]
    public async Task Weights_share_the_slots()
    {
        app.Tenants.Set("heavy", concurrent: 50, weight: 3);
        app.Tenants.Set("light", concurrent: 50, weight: 1);
        for (var i = 0; i < 12; i++)
        {
            await QueuedAsync("heavy");
            await QueuedAsync("light");
        }

        var order = await OrderAsync(12);
        var heavy = app.Bus.Heard<RunAttempt>().Count(r => order.Contains(r.JobId) && r.CompanyId == "heavy");
        Assert.That(heavy, Is.InRange(8, 10));
    }

    [Test]
    public async Task Over_the_daily_limit_a_job_waits_and_says_so()
    {
        app.Tenants.Set("daily", daily: 1);
        var (_, first) = await QueuedAsync("daily");
        await app.Worker.OfferAsync(5);
        await app.Worker.AttemptAsync(first);
        var (_, second) = await app.SubmitAsync("daily");
        await Eventually.TrueAsync(async () => (await app.JobAsync(second)).GetProperty("outcome_detail").ToString().Contains("límite diario", StringComparison.Ordinal), "the reason");
        Assert.That(Handed(second), Is.Zero);
        Assert.That((await app.JobAsync(second)).GetProperty("estado").GetString(), Is.EqualTo("pendiente"));
    }

    [Test]
    public async Task Two_replicas_never_fill_one_slot_twice()
    {
        app.Tenants.Set("acme", concurrent: 50);
        await using var replica = await app.StartReplicaAsync();
        var jobs = new HashSet<long>();
        for (var i = 0; i < 15; i++)
        {
            jobs.Add((await QueuedAsync("acme")).Job);
        }

        await app.Worker.OfferAsync(3);
        var most = 0L;
        for (var done = 0; done < jobs.Count; done++)
        {
            await app.Worker.OfferAsync(3);
            await Eventually.TrueAsync(() => Task.FromResult(Runs(jobs).Count > done), "the next attempt");
            most = Math.Max(most, await app.QueryAsync<long>("SELECT count(*) FROM automation_jobs WHERE phase IN ('dispatched', 'running')"));
            var run = Runs(jobs)[done];
            await app.Worker.TakeAsync(run.JobId);
            await app.Worker.FinishAsync(run, Outcomes.FueraDePlazo);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(most, Is.EqualTo(3));
            Assert.That(Runs(jobs).Select(r => r.JobId), Is.Unique);
        }
    }

    [Test]
    public async Task Operators_limits_hold_within_seconds()
    {
        app.Tenants.Set("grows", concurrent: 1);
        var (_, first) = await QueuedAsync("grows");
        var (_, second) = await QueuedAsync("grows");
        await app.Worker.OfferAsync(5);
        await Eventually.TrueAsync(() => Task.FromResult(Handed(first) + Handed(second) == 1), "one attempt");
        app.Tenants.Set("grows", concurrent: 2);
        await Eventually.TrueAsync(() => Task.FromResult(Handed(first) + Handed(second) == 2), "the second one, under the new limit");
    }

    private async Task<(long Ticket, long Job)> QueuedAsync(string company, string priority = "normal")
    {
        var submitted = await app.SubmitAsync(company, priority);
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>(
            $"SELECT count(*) FROM automation_jobs WHERE id = {submitted.Job} AND phase <> 'reading'") == 1, "the job in the queue");
        return submitted;
    }

    /// <summary>In which order jobs are handed out to a single slot.</summary>
    private async Task<long[]> OrderAsync(int count)
    {
        var order = new List<long>();
        var before = app.Bus.Heard<RunAttempt>().Count;
        while (order.Count < count)
        {
            await app.Worker.OfferAsync(1);
            await Eventually.TrueAsync(() => Task.FromResult(app.Bus.Heard<RunAttempt>().Count > before + order.Count), "the next attempt");
            var run = app.Bus.Heard<RunAttempt>()[before + order.Count];
            await app.Worker.TakeAsync(run.JobId);
            await app.Worker.FinishAsync(run, Outcomes.FueraDePlazo);
            order.Add(run.JobId);
        }

        return [.. order];
    }

    private IReadOnlyList<RunAttempt> Runs(HashSet<long> jobs) => [.. app.Bus.Heard<RunAttempt>().Where(r => jobs.Contains(r.JobId))];

    private int Handed(long job) => app.Bus.Heard<RunAttempt>().Count(r => r.JobId == job);

    /// <summary>Two more passes of the dispatcher.</summary>
    private Task SettleAsync() => app.ExecuteAsync("SELECT pg_sleep(2.2)");
}
