using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

public sealed class WebhookTests
{
    private static readonly string[] Secrets = [$"whsec_{Convert.ToBase64String(Encoding.ASCII.GetBytes("una clave de veinticuatro"))}", $"whsec_{Convert.ToBase64String(Encoding.ASCII.GetBytes("la clave de antes, vale."))}"];
    private readonly ShiftedTime time = new();
    private JobsApp app = null!;
    private WebhookReceiver receiver = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = await JobsApp.StartAsync(time: time);
        receiver = await WebhookReceiver.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await app.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [TearDown]
    public async Task Clear()
    {
        await app.ClearAsync();
        receiver.Answer = _ => 200;
        receiver.Heard.Clear();
    }

    [Test]
    public async Task A_receiver_can_verify_what_it_gets_with_either_secret()
    {
        app.Tenants.SignsWith("acme", Secrets);
        var job = await CancelledAsync("acme", receiver.Url("a"));
        var got = await receiver.WaitAsync(1);
        var body = JsonDocument.Parse(got[0].Body).RootElement;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(got[0].Signatures, Is.EqualTo(Secrets.Select(s => Signature(s, got[0]))), "one signature a secret while rotating");
            Assert.That(got[0].Id, Does.StartWith("msg_"));
            Assert.That(Math.Abs(long.Parse(got[0].Timestamp, System.Globalization.CultureInfo.InvariantCulture) - time.GetUtcNow().ToUnixTimeSeconds()), Is.LessThan(300));
            Assert.That(body.GetProperty("type").GetString(), Is.EqualTo("ticket.cancelled"));
            Assert.That(body.GetProperty("timestamp").GetString(), Does.EndWith("Z"));
            Assert.That((body.GetProperty("data").GetProperty("id").GetInt64(), body.GetProperty("data").GetProperty("estado").GetString()), Is.EqualTo((job, "cancelado")));
            Assert.That(got[0].ContentType, Does.StartWith("application/json"));
        }
    }

    /// <summary>Expected is what <c>sign</c> of the npm package standardwebhooks 1.1.1, the standard's own implementation, says.</summary>
    [Test]
    public void The_standards_own_library_signs_the_same_way()
    {
        var delivery = new WebhookDelivery
        {
            Id = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W", CompanyId = "acme", Event = "ticket.completed", CreatedAt = default,
            Body = """{"type":"ticket.completed","timestamp":"2026-03-02T15:00:00.000000Z","data":{"id":42,"estado":"completado","detalle":"Ñandú"}}""",
        };
        Assert.That(delivery.Sign(1772463600, ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]), Is.EqualTo("v1,20d1sSGuM9F3wKwKUdVeHPJz6y93GjrM1w7Kzi8/Oa0="));
    }

    [Test]
    public async Task The_tenants_own_address_hears_everything_and_one_address_hears_it_once()
    {
        app.Tenants.Set("both", webhook: receiver.Url("tenant"));
        await CancelledAsync("both", receiver.Url("ticket"));
        await CancelledAsync("both", receiver.Url("tenant"));
        await EventuallyNothingPendingAsync();
        Assert.That(receiver.Heard.Select(h => h.Path).Order(), Is.EqualTo(new[] { "/tenant", "/tenant", "/ticket" }));
    }

    [Test]
    public async Task A_budgets_thresholds_are_told_even_both_in_one_moment()
    {
        app.Tenants.Set("frugal", webhook: receiver.Url("b"));
        var at = time.GetUtcNow();
        await app.Bus.SayAsync(new BudgetThresholdReached("frugal", "2024-09", 80, 10m, 10.5m, "USD", at));
        await app.Bus.SayAsync(new BudgetThresholdReached("frugal", "2024-09", 100, 10m, 10.5m, "USD", at));
        var bodies = (await receiver.WaitAsync(2)).Select(m => JsonDocument.Parse(m.Body).RootElement).ToList();
        Assert.That(bodies.Select(b => b.GetProperty("type").GetString()), Is.All.EqualTo("budget.threshold_reached"));
        Assert.That(bodies.Select(b => b.GetProperty("data")).Select(d => (d.GetProperty("threshold").GetInt32(), d.GetProperty("month").GetString(), d.GetProperty("spent").GetDecimal())).Order(),
            Is.EqualTo(new[] { (80, "2024-09", 10.5m), (100, "2024-09", 10.5m) }));
    }

    [Test]
    public async Task Every_event_is_told()
    {
        app.Tenants.Set("events", webhook: receiver.Url("e"), concurrent: 10);
        await app.Worker.OfferAsync(10);
        var (_, done) = await app.SubmitAsync("events");
        await app.Worker.AcceptAsync(await app.Worker.DeliverAsync(done));
        var (_, failed) = await app.SubmitAsync("events");
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(failed), Outcomes.FueraDePlazo);
        var (_, asked) = await app.SubmitAsync("events");
        await app.Worker.AskAsync(await app.Worker.TakeAsync(asked), Guid.NewGuid().ToString("N"));
        var (_, portal) = await app.SubmitAsync("events", read: false);
        await app.Bus.SayAsync(JobsApp.Reading(portal / 2, "events", portal: null));
        await CancelledAsync("events", null);
        await Eventually.TrueAsync(() => Task.FromResult(receiver.Heard.Count == 5), "five events");
        Assert.That(receiver.Heard.Select(h => Type(h)), Is.EquivalentTo(new[]
        {
            "ticket.completed", "ticket.failed", "job.intervention_required", "job.intervention_required", "ticket.cancelled",
        }));
        Assert.That(receiver.Heard.Where(h => Type(h) == "job.intervention_required").Select(h => Data(h).GetProperty("requires_intervention").GetBoolean()), Has.All.True);
    }

    [Test]
    public async Task A_batch_tells_its_end_with_its_counts()
    {
        var tickets = new[] { (await app.SubmitAsync("acme", job: false)).Ticket, (await app.SubmitAsync("acme", job: false)).Ticket };
        using var client = app.As("acme");
        using var made = await client.PostAsJsonAsync("/invoicing/v2/bulk", new { ticket_ids = tickets, batch_id = "fin_de_mes", notification_webhook = receiver.Url("batch") });
        made.EnsureSuccessStatusCode();
        using var cancelled = await client.PostAsync(new Uri("/invoicing/v2/bulk/fin_de_mes/cancel", UriKind.Relative), null);
        var got = (await receiver.WaitAsync(1)).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Type(got), Is.EqualTo("batch.completed"));
            Assert.That((Data(got).GetProperty("batch_id").GetString(), Data(got).GetProperty("total_jobs").GetInt32(), Data(got).GetProperty("failed_jobs").GetInt32(), Data(got).GetProperty("status").GetString()),
                Is.EqualTo(("fin_de_mes", 2, 2, "cancelled")));
        }
    }

    [Test]
    public async Task A_receiver_that_fails_is_asked_again_by_the_schedule_until_it_answers()
    {
        receiver.Answer = _ => receiver.Heard.Count <= 6 ? 500 : 204;
        await CancelledAsync("acme", receiver.Url("flaky"));
        var waits = new List<double>();
        for (var attempt = 1; attempt <= 6; attempt++)
        {
            await AttemptsAsync(attempt);
            waits.Add(await app.QueryAsync<double>("SELECT extract(epoch FROM next_attempt_at - updated_at)::float8 FROM webhook_deliveries WHERE url IS NOT NULL"));
            time.Shift(TimeSpan.FromSeconds(waits[^1] + 1));
        }

        await Eventually.TrueAsync(async () => await StatusAsync() == "delivered", "the delivery");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(waits, Is.EqualTo(new double[] { 5, 300, 1800, 7200, 18000, 36000 }));
            Assert.That(receiver.Heard.Select(h => h.Id).Distinct().Count(), Is.EqualTo(1), "the id is the receiver's key against repeats");
            Assert.That(receiver.Heard.Select(h => h.Body).Distinct().Count(), Is.EqualTo(1));
            Assert.That(receiver.Heard, Has.Count.EqualTo(7));
        }
    }

    [Test]
    public async Task After_the_last_try_it_has_failed_and_can_be_sent_again_by_hand()
    {
        receiver.Answer = _ => 503;
        var job = await CancelledAsync("acme", receiver.Url("down"));
        for (var attempt = 1; attempt <= 7; attempt++)
        {
            await AttemptsAsync(attempt);
            time.Shift(TimeSpan.FromHours(10) + TimeSpan.FromSeconds(1));
        }

        var failed = (await ListAsync("acme", "?status=failed")).Single();
        receiver.Answer = _ => 200;
        using var client = app.As("acme");
        using var stranger = app.As("other");
        using var resent = await client.PostAsync(new Uri($"/invoicing/v2/webhooks/deliveries/{failed.GetProperty("id").GetString()}/resend", UriKind.Relative), null);
        using var refused = await stranger.PostAsync(new Uri($"/invoicing/v2/webhooks/deliveries/{failed.GetProperty("id").GetString()}/resend", UriKind.Relative), null);
        await Eventually.TrueAsync(async () => await StatusAsync() == "delivered", "the delivery");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((failed.GetProperty("attempts").GetInt32(), failed.GetProperty("last_status_code").GetInt32(), failed.GetProperty("job_id").GetInt64()), Is.EqualTo((7, 503, job)));
            Assert.That((resent.StatusCode, refused.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound)));
            Assert.That((await app.JobAsync(job)).GetProperty("estado").GetString(), Is.EqualTo("cancelado"), "a delivery never changes a job");
        }
    }

    [Test]
    public async Task Gone_means_never_again()
    {
        receiver.Answer = _ => 410;
        await CancelledAsync("acme", receiver.Url("gone"));
        await Eventually.TrueAsync(async () => await StatusAsync() == "disabled", "the receiver to be given up");
        await CancelledAsync("acme", receiver.Url("gone"));
        await EventuallyNothingPendingAsync();
        Assert.That(receiver.Heard, Has.Count.EqualTo(1));
        Assert.That((await ListAsync("acme")).Select(d => d.GetProperty("status").GetString()), Has.All.EqualTo("disabled"));
    }

    [Test]
    public async Task A_redirect_is_not_followed()
    {
        receiver.Answer = path => path == "/moved" ? 302 : 200;
        await CancelledAsync("acme", receiver.Url("moved"));
        await AttemptsAsync(1);
        Assert.That(receiver.Heard.Select(h => h.Path), Is.EqualTo(new[] { "/moved" }));
        Assert.That(await app.QueryAsync<int>("SELECT last_status_code FROM webhook_deliveries WHERE url IS NOT NULL"), Is.EqualTo(302));
    }

    [Test]
    public async Task An_address_that_is_not_allowed_is_never_connected_to()
    {
        await CancelledAsync("acme", "http://169.254.169.254/latest");
        await AttemptsAsync(1);
        Assert.That(await app.QueryAsync<bool>("SELECT last_status_code IS NULL AND last_error <> '' FROM webhook_deliveries WHERE url IS NOT NULL"), Is.True);
    }

    [Test]
    public async Task Without_the_secrets_nothing_is_sent_and_no_try_is_used_up()
    {
        app.Tenants.Down = true;
        await CancelledAsync("acme", receiver.Url("later"));
        await Eventually.TrueAsync(async () => await app.QueryAsync<bool>("SELECT bool_and(updated_at > created_at) FROM webhook_deliveries"), "the postponement");
        var before = (receiver.Heard.Count, await app.QueryAsync<int>("SELECT max(attempts) FROM webhook_deliveries"));
        app.Tenants.Down = false;
        time.Shift(TimeSpan.FromSeconds(6));
        await receiver.WaitAsync(1);
        Assert.That(before, Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Two_replicas_and_a_killed_sender_send_each_delivery()
    {
        await using var replica = await app.StartReplicaAsync();
        for (var i = 0; i < 10; i++)
        {
            await CancelledAsync("acme", receiver.Url($"r{i}"));
        }

        await receiver.WaitAsync(10);
        await EventuallyNothingPendingAsync();
        var once = receiver.Heard.GroupBy(h => h.Id).Select(g => g.Count()).ToArray();
        // As if the process had died between sending and writing it down.
        await app.ExecuteAsync("UPDATE webhook_deliveries SET status = 'pending', next_attempt_at = created_at, claimed_until = now() + interval '1 year' WHERE url LIKE '%/r3'");
        await app.ExecuteAsync("UPDATE webhook_deliveries SET claimed_until = created_at WHERE url LIKE '%/r3'");
        await receiver.WaitAsync(11);
        Assert.That(once, Has.Length.EqualTo(10).And.All.EqualTo(1));
        Assert.That(receiver.Heard.Count(h => h.Path == "/r3"), Is.EqualTo(2));
    }

    [Test]
    public async Task Deliveries_are_listed_in_pages_that_follow_each_other()
    {
        for (var i = 0; i < 5; i++)
        {
            await CancelledAsync("pages", receiver.Url("p"));
        }

        await EventuallyNothingPendingAsync();
        using var client = app.As("pages", Role.viewer);
        var (seen, next) = (new List<string>(), "/invoicing/v2/webhooks/deliveries?limit=2");
        while (next.Length > 0)
        {
            using var answer = await client.GetAsync(next);
            seen.AddRange((await answer.Content.ReadFromJsonAsync<JsonElement[]>())!.Select(d => d.GetProperty("id").GetString()!));
            next = answer.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : "";
        }

        Assert.That(seen, Has.Count.EqualTo(5).And.Unique);
        Assert.That(await ListAsync("other"), Is.Empty);
    }

    private static string Signature(string secret, WebhookReceiver.Message message)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..]));
        return "v1," + Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes($"{message.Id}.{message.Timestamp}.{message.Body}")));
    }

    private static string? Type(WebhookReceiver.Message message) => JsonDocument.Parse(message.Body).RootElement.GetProperty("type").GetString();

    private static JsonElement Data(WebhookReceiver.Message message) => JsonDocument.Parse(message.Body).RootElement.GetProperty("data");

    /// <summary>A job that ended without any worker.</summary>
    private async Task<long> CancelledAsync(string company, string? webhook)
    {
        var ticket = JobsApp.NewTicket();
        app.Known.Add(JobsApp.Submitted(ticket, company, ticket * 2) with { NotificationWebhook = webhook });
        using var client = app.As(company);
        using var answer = await client.PostAsync(new Uri($"/invoicing/v2/jobs/{ticket * 2}/cancel", UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
        return ticket * 2;
    }

    private Task EventuallyNothingPendingAsync() => Eventually.TrueAsync(
        async () => await app.QueryAsync<long>("SELECT count(*) FROM webhook_deliveries WHERE status = 'pending'") == 0, "all deliveries");

    private Task AttemptsAsync(int attempts) => Eventually.TrueAsync(
        async () => await app.QueryAsync<long>($"SELECT count(*) FROM webhook_deliveries WHERE url IS NOT NULL AND attempts = {attempts}") == 1, $"attempt {attempts}");

    private Task<string> StatusAsync() => app.QueryAsync<string>("SELECT status FROM webhook_deliveries WHERE url IS NOT NULL ORDER BY created_at LIMIT 1");

    private async Task<JsonElement[]> ListAsync(string company, string query = "")
    {
        using var client = app.As(company);
        return (await client.GetFromJsonAsync<JsonElement[]>("/invoicing/v2/webhooks/deliveries" + query))!;
    }
}
