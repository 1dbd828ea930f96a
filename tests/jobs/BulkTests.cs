using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.Messages;
using Invoicing.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Invoicing.Jobs.Tests;

/// <summary>Batches whose tickets come with the request, through the jobs service and the tickets service together.</summary>
public sealed class BulkTests
{
    private JobsApp app = null!;
    private TestService<Tickets.Ticket> tickets = null!;
    private string company = "";

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync(async (bus, tenants, keys) =>
    {
        tickets = await TestService<Tickets.Ticket>.StartAsync("tickets", "tickets", new() { ["Role"] = "api" },
            services => services.AddHttpClient<Tickets.TenantDirectory>().ConfigurePrimaryHttpMessageHandler(() => tenants), bus, keys);
        return tickets.Server.CreateHandler();
    });

    [OneTimeTearDown]
    public async Task Stop()
    {
        await app.DisposeAsync();
        await tickets.DisposeAsync();
    }

    [SetUp]
    public void NewCompany() => company = $"empresa_{Guid.NewGuid():N}";

    [Test]
    public async Task Bad_items_are_told_by_index_and_the_rest_is_accepted()
    {
        var items = Enumerable.Range(0, 500).Select(i => i % 10 == 7 ? Bad(i) : Good(i)).ToArray();
        var (status, batch, _) = await MeasuredAsync("500 items, 50 of them bad", () => PostAsync(new { tickets = items }));
        var jobs = batch.GetProperty("jobs_created").EnumerateArray().Select(j => j.GetInt64()).ToArray();
        var shown = await StatusAsync(batch);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(batch.GetProperty("total_tickets").GetInt32(), Is.EqualTo(500));
            Assert.That(jobs, Has.Length.EqualTo(450).And.All.Matches<long>(long.IsEvenInteger));
            Assert.That(Indices(batch.GetProperty("rejected")), Is.EqualTo(Enumerable.Range(0, 500).Where(i => i % 10 == 7)));
            Assert.That(batch.GetProperty("rejected").EnumerateArray().Select(r => r.GetProperty("code").GetString()), Has.All.Not.Empty);
            Assert.That((Number(shown, "total_jobs"), Number(shown, "pending_jobs")), Is.EqualTo((450, 450)));
            Assert.That(shown.GetProperty("items").EnumerateArray().Select(i => (i.GetProperty("index").GetInt32(), i.GetProperty("job_id").GetInt64())),
                Is.EqualTo(Enumerable.Range(0, 500).Where(i => i % 10 != 7).Zip(jobs)));
            Assert.That(await app.QueryAsync<int>($"SELECT total_jobs FROM automation_batches WHERE company_id = '{company}'"), Is.EqualTo(450));
        }
    }

    [Test]
    public async Task Every_field_of_a_ticket_reaches_its_job()
    {
        var item = new
        {
            key = "caja-1/4711", raw_data = "OXXO\nTOTAL 10.00", tipo = "texto", user_id = 9, priority = "urgente", merchant_hint = "OXXO", max_retries = 7,
            timeout_seconds = 77, captcha_solving = false, alternative_urls = new[] { "https://portal.example.com/f" }, fiscal_profile_id = 3,
            notification_webhook = "https://avisos.example.com/h", portal_fields = new { folio = "A9" },
        };
        var (_, batch, _) = await PostAsync(new { tickets = new object[] { item, Good(1) }, priority = "baja" });
        var jobs = batch.GetProperty("jobs_created").EnumerateArray().Select(j => j.GetInt64()).ToArray();
        var (first, second) = (await app.JobAsync(jobs[0]), await app.JobAsync(jobs[1]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.GetProperty("priority").GetString(), first.GetProperty("max_retries").GetInt32()), Is.EqualTo(("urgente", 7)));
            Assert.That(second.GetProperty("priority").GetString(), Is.EqualTo("baja"), "the batch's, where the item names none");
            Assert.That(await app.QueryAsync<string>($"SELECT timeout_seconds || ' ' || captcha_solving || ' ' || fiscal_profile_id || ' ' || notification_webhook || ' ' || (alternative_urls->>0) FROM automation_jobs WHERE id = {jobs[0]}"),
                Is.EqualTo("77 false 3 https://avisos.example.com/h https://portal.example.com/f"));
            Assert.That((await StatusAsync(batch)).GetProperty("items")[0].GetProperty("key").GetString(), Is.EqualTo("caja-1/4711"));
            Assert.That(await app.QueryAsync<string>($"SELECT submission->'PortalFields'->>'folio' FROM tickets t JOIN automation_jobs j ON j.ticket_id = t.id WHERE j.id = {jobs[0]}"), Is.EqualTo("A9"));
        }
    }

    [TestCase("""{"tipo":"texto"}""", "validation_failed", "/raw_data")]
    [TestCase("""{"raw_data":"x","tipo":"fax"}""", "validation_failed", "/tipo")]
    [TestCase("""{"raw_data":5,"tipo":"texto"}""", "validation_failed", "/raw_data")]
    [TestCase("""{"raw_data":"no es base64","tipo":"imagen"}""", "validation_failed", "/raw_data")]
    [TestCase("""{"raw_data":"TVqQAAMAAAAEAAAA","tipo":"imagen"}""", "unsupported_media_type", null)]
    [TestCase("""{"raw_data":"x","tipo":"texto","alternative_urls":["http://10.0.0.1/"]}""", "forbidden_address", "/alternative_urls/0")]
    [TestCase("""{"raw_data":"x","tipo":"texto","company_id":"otra"}""", "cross_tenant", null)]
    [TestCase("""{"raw_data":"x","tipo":"texto","fiscal_profile_id":404}""", "validation_failed", "/fiscal_profile_id")]
    [TestCase("""{"raw_data":"x","tipo":"texto","key":5}""", "validation_failed", "/key")]
    [TestCase("""{"raw_data":"x","tipo":"texto","auto_process":false}""", "validation_failed", "/auto_process")]
    [TestCase("""[1]""", "validation_failed", "/")]
    [TestCase("""null""", "validation_failed", "")]
    public async Task A_bad_item_is_refused_by_itself(string item, string code, string? pointer)
    {
        using var content = new StringContent($$"""{"tickets":[{{item}},{"raw_data":"TOTAL 5.00","tipo":"texto"}]}""", System.Text.Encoding.UTF8, "application/json");
        using var client = app.As(company);
        using var answer = await client.PostAsync(new Uri("/invoicing/v2/bulk", UriKind.Relative), content);
        var batch = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var rejected = batch.GetProperty("rejected")[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((Number(rejected, "index"), rejected.GetProperty("code").GetString()), Is.EqualTo((0, code)));
            Assert.That(rejected.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("pointer").GetString() : null, Is.EqualTo(pointer));
            Assert.That(batch.GetProperty("jobs_created").GetArrayLength(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task The_same_keys_again_are_the_same_tickets_and_the_same_batch()
    {
        var items = Enumerable.Range(0, 3).Select(i => Good(i, $"k{i}")).ToArray();
        var (_, first, _) = await PostAsync(new { tickets = items });
        var (status, again, replayed) = await PostAsync(new { tickets = items });
        using (Assert.EnterMultipleScope())
        {
            Assert.That((status, replayed), Is.EqualTo((HttpStatusCode.OK, true)));
            Assert.That(again.GetProperty("batch_id").GetString(), Is.EqualTo(first.GetProperty("batch_id").GetString()));
            Assert.That(again.GetProperty("jobs_created").ToString(), Is.EqualTo(first.GetProperty("jobs_created").ToString()));
            Assert.That(await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE company_id = '{company}'"), Is.EqualTo(3));
            Assert.That(await app.QueryAsync<long>($"SELECT count(*) FROM automation_batches WHERE company_id = '{company}'"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_key_among_new_ones_is_told_as_accepted_before_and_other_content_is_refused()
    {
        var (_, first, _) = await PostAsync(new { tickets = new[] { Good(0, "a"), Good(1, "b") } });
        var (_, second, _) = await PostAsync(new { tickets = new[] { Good(0, "a"), Good(7, "b"), Good(2, "c"), Good(3, "c") } });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.GetProperty("batch_id").GetString(), Is.Not.EqualTo(first.GetProperty("batch_id").GetString()));
            Assert.That(second.GetProperty("rejected").EnumerateArray().Select(r => (Number(r, "index"), r.GetProperty("code").GetString())),
                Is.EqualTo(new[] { (0, "already_accepted"), (1, "idempotency_mismatch"), (3, "duplicate_key") }));
            Assert.That(second.GetProperty("jobs_created").GetArrayLength(), Is.EqualTo(1));
            Assert.That(await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE company_id = '{company}'"), Is.EqualTo(3));
        }
    }

    [Test]
    public async Task An_idempotency_key_answers_the_first_answer_again()
    {
        var body = new { tickets = new[] { Good(0), Good(1) } };
        var (_, first, _) = await PostAsync(body, "clave-1");
        var (_, again, replayed) = await PostAsync(body, "clave-1");
        Assert.That((again.ToString(), replayed), Is.EqualTo((first.ToString(), true)));
    }

    [Test]
    public async Task A_request_cut_short_goes_on_where_it_stopped()
    {
        var body = new { batch_id = "corte", tickets = Enumerable.Range(0, 5).Select(i => Good(i)).ToArray() };
        var (_, first, _) = await PostAsync(body);
        // As if the process had died after the tickets were made: nothing opened, nothing concluded, nothing answered.
        await app.ExecuteAsync($"DELETE FROM automation_jobs WHERE company_id = '{company}' AND batch_index > 2");
        var request = JsonSerializer.Deserialize<Endpoints.CreateBatch.Request>(JsonSerializer.Serialize(body), Json.Options);
        var fingerprint = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, Json.Options)));
        await app.ExecuteAsync($"UPDATE automation_batches SET accepting = '{fingerprint}', total_jobs = 0 WHERE company_id = '{company}'");
        var (status, second, _) = await PostAsync(body);
        var (conflict, _, _) = await PostAsync(body);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(second.GetProperty("jobs_created").ToString(), Is.EqualTo(first.GetProperty("jobs_created").ToString()));
            Assert.That(await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE company_id = '{company}'"), Is.EqualTo(5));
            Assert.That(conflict, Is.EqualTo(HttpStatusCode.Conflict), "an accepted batch's name is taken");
        }
    }

    [Test]
    public async Task Messages_that_come_later_open_nothing_twice_and_the_batch_runs()
    {
        app.Tenants.Set(company, concurrent: 10);
        var (_, batch, _) = await PostAsync(new { tickets = new[] { Good(0), Good(1) }, max_concurrent = 1 });
        var jobs = batch.GetProperty("jobs_created").EnumerateArray().Select(j => j.GetInt64()).ToArray();
        foreach (var job in jobs)
        {
            var ticket = await app.QueryAsync<long>($"SELECT ticket_id FROM automation_jobs WHERE id = {job}");
            await app.Bus.WaitForAsync<TicketSubmitted>(m => m.TicketId == ticket);
            await app.Bus.SayAsync(JobsApp.Reading(ticket, company));
        }

        await app.Worker.OfferAsync(5);
        for (var done = 0; done < jobs.Length; done++)
        {
            await Eventually.TrueAsync(() => Task.FromResult(Runs().Count > done), "the next attempt");
            var run = Runs()[done];
            await app.Worker.FinishAsync(await app.Worker.TakeAsync(run.JobId), Outcomes.FueraDePlazo);
            await app.WhenAsync(run.JobId, "fallido");
        }

        IReadOnlyList<RunAttempt> Runs() => [.. app.Bus.Heard<RunAttempt>().Where(r => jobs.Contains(r.JobId))];
        var shown = await StatusAsync(batch);
        Assert.That((Number(shown, "total_jobs"), Number(shown, "failed_jobs"), shown.GetProperty("status").GetString()), Is.EqualTo((2, 2, "failed")));
        Assert.That(await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE company_id = '{company}'"), Is.EqualTo(2));
    }

    [Test]
    public async Task Items_over_a_daily_limit_that_refuses_are_told()
    {
        app.Tenants.Set(company, daily: 2, policy: "reject");
        var (_, batch, _) = await PostAsync(new { tickets = Enumerable.Range(0, 4).Select(i => Good(i)).ToArray() });
        var (none, problem, _) = await PostAsync(new { tickets = new[] { Good(9) } });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(batch.GetProperty("jobs_created").GetArrayLength(), Is.EqualTo(2));
            Assert.That(batch.GetProperty("rejected").EnumerateArray().Select(r => (Number(r, "index"), r.GetProperty("code").GetString())),
                Is.EqualTo(new[] { (2, "daily_quota_exceeded"), (3, "daily_quota_exceeded") }));
            Assert.That((none, problem.GetProperty("code").GetString()), Is.EqualTo((HttpStatusCode.TooManyRequests, "daily_quota_exceeded")));
        }
    }

    [TestCase(1_200)]
    [TestCase(10_000, Explicit = true, Reason = "The contract's largest batch: takes a minute on a busy machine.")]
    public async Task A_large_batch_is_accepted_and_cancelled(int count)
    {
        var items = Enumerable.Range(0, count).Select(i => Good(i)).ToArray();
        var (status, batch, _) = await MeasuredAsync($"{count} items accepted", () => PostAsync(new { tickets = items }));
        using var client = Patient();
        using var cancelled = await MeasuredAsync("and cancelled", () =>
            client.PostAsync(new Uri($"/invoicing/v2/bulk/{batch.GetProperty("batch_id").GetString()}/cancel", UriKind.Relative), null));
        var shown = await StatusAsync(batch);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(batch.GetProperty("jobs_created").GetArrayLength(), Is.EqualTo(count));
            Assert.That((Number(shown, "total_jobs"), Number(shown, "failed_jobs"), shown.GetProperty("status").GetString()), Is.EqualTo((count, count, "cancelled")));
            Assert.That(await app.QueryAsync<int>($"SELECT failed_jobs FROM automation_batches WHERE company_id = '{company}'"), Is.EqualTo(count));
        }
    }

    [TestCase("""{"tickets":[]}""")]
    [TestCase("""{"tickets":[{"raw_data":"x","tipo":"texto"}],"ticket_ids":[1]}""")]
    [TestCase("""{"tickets":{"raw_data":"x"}}""")]
    [TestCase("""{"tickets":[{"raw_data":"x","tipo":"texto"}],"max_concurrent":0}""")]
    public async Task A_bad_envelope_is_refused_as_a_whole(string body)
    {
        using var client = app.As(company);
        using var answer = await client.PostAsync(new Uri("/invoicing/v2/bulk", UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    private static Dictionary<string, object?> Good(int i, string? key = null) =>
        new() { ["raw_data"] = $"TIENDA {i}\nFOLIO {i}\nTOTAL {i}.00", ["tipo"] = "texto", ["key"] = key };

    private static Dictionary<string, object?> Bad(int i) => i % 20 == 7 ? new() { ["tipo"] = "texto" } : new() { ["raw_data"] = "x", ["tipo"] = "texto", ["max_retries"] = 99 };

    private static int[] Indices(JsonElement list) => [.. list.EnumerateArray().Select(r => Number(r, "index"))];

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    /// <summary>Prints what it took, for whoever reads the log; nothing is judged by it.</summary>
    private static async Task<T> MeasuredAsync<T>(string what, Func<Task<T>> work)
    {
        var (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var result = await work();
        await TestContext.Out.WriteLineAsync($"{what}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s, {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0.0} s of this process's CPU");
        return result;
    }

    private HttpClient Patient()
    {
        var client = app.As(company);
        client.Timeout = TimeSpan.FromMinutes(10);
        return client;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body, bool Replayed)> PostAsync(object body, string? key = null)
    {
        using var client = Patient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/invoicing/v2/bulk") { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(), answer.Headers.Contains("Idempotency-Replayed"));
    }

    private async Task<JsonElement> StatusAsync(JsonElement batch)
    {
        using var client = app.As(company);
        return await client.GetFromJsonAsync<JsonElement>(batch.GetProperty("status_url").GetString());
    }
}
