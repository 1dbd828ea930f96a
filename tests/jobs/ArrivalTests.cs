using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

/// <summary>The broker is slow: clients know tickets and jobs that jobs has not heard of.</summary>
public sealed class ArrivalTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear() => await app.ClearAsync();

    [Test]
    public async Task A_job_whose_message_is_on_its_way_is_in_the_queue()
    {
        var (ticket, job) = Unheard("acme", "alta");
        var (status, shown) = await AskAsync("acme", $"/invoicing/v2/jobs/{job}");
        var (_, events) = await AskAsync("acme", $"/invoicing/v2/jobs/{job}/events");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((shown.GetProperty("status").GetString(), shown.GetProperty("estado").GetString()), Is.EqualTo(("en_cola", "pendiente")));
            Assert.That((shown.GetProperty("ticket_id").GetInt64(), shown.GetProperty("priority").GetString()), Is.EqualTo((ticket, "alta")));
            Assert.That(shown.GetProperty("company_id").GetString(), Is.EqualTo("acme"));
            Assert.That(events.GetArrayLength(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task The_message_that_comes_later_changes_nothing()
    {
        var ticket = JobsApp.NewTicket();
        var said = app.Known.Add(JobsApp.Submitted(ticket, "acme", ticket * 2));
        var all = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AskAsync("acme", $"/invoicing/v2/jobs/{ticket * 2}")).Prepend(SayAsync()));
        await app.Bus.SayAsync(JobsApp.Reading(ticket, "acme"));
        await app.Worker.OfferAsync(1);
        await app.Worker.AttemptAsync(ticket * 2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Select(a => a.Status), Has.All.EqualTo(HttpStatusCode.OK));
            Assert.That(await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE ticket_id = {ticket}"), Is.EqualTo(1));
            Assert.That(await app.QueryAsync<long>($"SELECT count(*) FROM job_events WHERE job_id = {ticket * 2} AND seq = 1"), Is.EqualTo(1));
        }

        async Task<(HttpStatusCode Status, JsonElement Body)> SayAsync()
        {
            await app.Bus.SayAsync(said);
            return (HttpStatusCode.OK, default);
        }
    }

    /// <summary>Longer than a caller waits for its turn to ask: without one question for all, most would be answered 503.</summary>
    [Test]
    public async Task Many_who_ask_for_the_same_at_once_are_one_question()
    {
        var (_, job) = Unheard("acme");
        app.Known.Slow = TimeSpan.FromSeconds(2);
        var all = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => AskAsync("acme", $"/invoicing/v2/jobs/{job}")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Select(a => a.Status), Has.All.EqualTo(HttpStatusCode.OK));
            Assert.That(app.Known.Questions, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Only_its_own_tenant_sees_it()
    {
        var (ticket, job) = Unheard("acme");
        var (foreign, _) = await AskAsync("other", $"/invoicing/v2/jobs/{job}");
        var (create, _) = await AskAsync("other", "/invoicing/v2/jobs", new { ticket_id = ticket });
        Assert.That((foreign, create), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That(await app.QueryAsync<long>($"SELECT count(*) FROM tickets WHERE id = {ticket}"), Is.Zero);
    }

    [Test]
    public async Task Every_call_that_names_it_works()
    {
        var (cancelled, paused, robust, created) = (Unheard("acme"), Unheard("acme"), Unheard("acme"), Unheard("acme"));
        var cancel = await AskAsync("acme", $"/invoicing/v2/jobs/{cancelled.Job}/cancel", new { });
        var pause = await AskAsync("acme", $"/invoicing/v2/jobs/{paused.Job}/pause", new { });
        var bridge = await AskAsync("acme", $"/invoicing/tickets/{robust.Ticket}/process-robust", new { });
        var second = await AskAsync("acme", "/invoicing/v2/jobs", new { ticket_id = created.Ticket });
        using (Assert.EnterMultipleScope())
        {
            Assert.That((cancel.Status, pause.Status, bridge.Status, second.Status), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK)));
            Assert.That(bridge.Body.GetProperty("job_id").GetInt64(), Is.EqualTo(robust.Job), "the ticket's own job, no second one");
            Assert.That((await app.JobAsync(cancelled.Job)).GetProperty("estado").GetString(), Is.EqualTo("cancelado"));
        }
    }

    [Test]
    public async Task A_batch_takes_tickets_whose_messages_are_on_their_way()
    {
        var tickets = Enumerable.Range(0, 3).Select(_ => Unheard("acme").Ticket).ToArray();
        var foreign = Unheard("other").Ticket;
        var (status, batch) = await AskAsync("acme", "/invoicing/v2/bulk", new { ticket_ids = tickets.Append(foreign) });
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(batch.GetProperty("jobs_created").GetArrayLength(), Is.EqualTo(3));
        Assert.That(batch.GetProperty("rejected")[0].GetProperty("index").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_reading_that_came_first_leaves_the_job_to_be_found()
    {
        var (ticket, job) = Unheard("acme");
        await app.Bus.SayAsync(JobsApp.Reading(ticket, "acme"));
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>($"SELECT count(*) FROM tickets WHERE id = {ticket}") == 1, "the reading");
        var (_, bridge) = await AskAsync("acme", $"/invoicing/tickets/{ticket}/process-robust", new { });
        Assert.That(bridge.GetProperty("job_id").GetInt64(), Is.EqualTo(job));
    }

    [Test]
    public async Task What_nobody_knows_is_not_found_and_what_cannot_be_asked_is_not_denied()
    {
        var (unknown, _) = await AskAsync("acme", "/invoicing/v2/jobs/999999998");
        app.Known.Down = true;
        var (even, problem) = await AskAsync("acme", "/invoicing/v2/jobs/999999998");
        var (odd, _) = await AskAsync("acme", "/invoicing/v2/jobs/999999999");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((unknown, even, odd), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.ServiceUnavailable, HttpStatusCode.NotFound)));
            Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo("unavailable"));
        }
    }

    private (long Ticket, long Job) Unheard(string company, string priority = "normal")
    {
        var ticket = JobsApp.NewTicket();
        app.Known.Add(JobsApp.Submitted(ticket, company, ticket * 2, priority));
        return (ticket, ticket * 2);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(string company, string path, object? body = null)
    {
        using var client = app.As(company);
        using var answer = body is null ? await client.GetAsync(path) : await client.PostAsJsonAsync(path, body);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}
