using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

public sealed class BatchTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear() => await app.ClearAsync();

    [Test]
    public async Task A_batch_takes_what_it_can_and_lists_the_rest_by_index()
    {
        var tickets = await TicketsAsync(2);
        var (status, batch) = await PostAsync(new { ticket_ids = new[] { tickets[0], 999_999_999, tickets[1], tickets[0] }, batch_id = "month_end_2024_09", priority = "baja" });
        var (again, conflict) = await PostAsync(new { ticket_ids = tickets, batch_id = "month_end_2024_09" });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(batch.GetProperty("total_tickets").GetInt32(), Is.EqualTo(4));
            Assert.That(batch.GetProperty("jobs_created").GetArrayLength(), Is.EqualTo(2));
            Assert.That(batch.GetProperty("rejected").EnumerateArray().Select(r => (r.GetProperty("index").GetInt32(), r.GetProperty("code").GetString())),
                Is.EqualTo(new[] { (1, "not_found"), (3, "duplicate_ticket") }));
            Assert.That(batch.GetProperty("status_url").GetString(), Is.EqualTo("/invoicing/v2/bulk/month_end_2024_09/status"));
            Assert.That((again, conflict.GetProperty("code").GetString()), Is.EqualTo((HttpStatusCode.Conflict, "batch_exists")));
            Assert.That(await app.QueryAsync<int>("SELECT total_jobs FROM automation_batches WHERE batch_id='month_end_2024_09'"), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task Counts_agree_with_the_rows_until_the_batch_is_completed()
    {
        var tickets = await TicketsAsync(2);
        var (_, batch) = await PostAsync(new { ticket_ids = tickets });
        var jobs = batch.GetProperty("jobs_created").EnumerateArray().Select(j => j.GetInt64()).ToArray();
        await app.Worker.OfferAsync(2);
        await app.Worker.AcceptAsync(await app.Worker.DeliverAsync(jobs[0]));
        await app.WhenAsync(jobs[0], "completado");
        var half = await StatusAsync(batch.GetProperty("batch_id").GetString()!);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(jobs[1]), Outcomes.FueraDePlazo);
        await app.WhenAsync(jobs[1], "fallido");
        var whole = await StatusAsync(batch.GetProperty("batch_id").GetString()!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((Number(half, "completed_jobs"), Number(half, "failed_jobs"), half.GetProperty("status").GetString()), Is.EqualTo((1, 0, "processing")));
            Assert.That((Number(whole, "completed_jobs"), Number(whole, "failed_jobs"), whole.GetProperty("status").GetString()), Is.EqualTo((1, 1, "completed")));
            Assert.That(await app.QueryAsync<int>("SELECT completed_jobs * 10 + failed_jobs FROM automation_batches"), Is.EqualTo(11));
        }
    }

    [Test]
    public async Task A_batch_never_runs_more_than_max_concurrent()
    {
        app.Tenants.Set("acme", concurrent: 20);
        var (_, batch) = await PostAsync(new { ticket_ids = await TicketsAsync(4), max_concurrent = 2 });
        var jobs = batch.GetProperty("jobs_created").EnumerateArray().Select(j => j.GetInt64()).ToHashSet();
        await app.Worker.OfferAsync(10);
        await Eventually.TrueAsync(() => Task.FromResult(app.Bus.Heard<RunAttempt>().Count(r => jobs.Contains(r.JobId)) == 2), "two attempts");
        await app.ExecuteAsync("SELECT pg_sleep(2.2)");
        Assert.That(app.Bus.Heard<RunAttempt>().Count(r => jobs.Contains(r.JobId)), Is.EqualTo(2));
    }

    [Test]
    public async Task Cancelling_ends_what_is_left()
    {
        var (_, batch) = await PostAsync(new { ticket_ids = await TicketsAsync(3) });
        var id = batch.GetProperty("batch_id").GetString()!;
        using var client = app.As("acme");
        using var cancelled = await client.PostAsync(new Uri($"/invoicing/v2/bulk/{id}/cancel", UriKind.Relative), null);
        var status = await StatusAsync(id);
        Assert.That(cancelled.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((Number(status, "failed_jobs"), status.GetProperty("status").GetString()), Is.EqualTo((3, "cancelled")));
    }

    [TestCase("""{"ticket_ids":[1],"max_concurrent":11}""")]
    [TestCase("""{"ticket_ids":[1],"batch_id":"no vale"}""")]
    [TestCase("{}")]
    public async Task What_is_out_of_bounds_is_refused(string body)
    {
        using var client = app.As("acme");
        using var answer = await client.PostAsync(new Uri("/invoicing/v2/bulk", UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    private async Task<long[]> TicketsAsync(int count)
    {
        var tickets = new List<long>();
        for (var i = 0; i < count; i++)
        {
            tickets.Add((await app.SubmitAsync("acme", job: false)).Ticket);
        }

        await Eventually.TrueAsync(async () => await app.QueryAsync<long>("SELECT count(*) FROM tickets WHERE reading IS NOT NULL AND submission IS NOT NULL") >= count, "the tickets");
        return [.. tickets];
    }

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(object body)
    {
        using var client = app.As("acme");
        using var answer = await client.PostAsJsonAsync("/invoicing/v2/bulk", body);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private async Task<JsonElement> StatusAsync(string id)
    {
        using var client = app.As("acme");
        return await client.GetFromJsonAsync<JsonElement>($"/invoicing/v2/bulk/{id}/status");
    }
}
