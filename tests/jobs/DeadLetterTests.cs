using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

public sealed class DeadLetterTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear()
    {
        await app.ExecuteAsync("DROP TRIGGER IF EXISTS refuse ON tickets");
        await app.ClearAsync();
        await app.ExecuteAsync("DELETE FROM dead_letters");
    }

    [Test]
    public async Task A_message_whose_consumer_fails_is_kept_and_replayed_when_the_fault_is_gone()
    {
        await RefuseTicketsAsync();
        var ticket = JobsApp.NewTicket();
        await app.Bus.SayAsync(JobsApp.Submitted(ticket, "acme", ticket * 2));
        var letter = (await LettersAsync(1)).Single();
        await app.ExecuteAsync("DROP TRIGGER refuse ON tickets");
        var (replayed, view) = await CallAsync(HttpMethod.Post, $"/{letter.GetProperty("id").GetString()}/replay");
        var (again, _) = await CallAsync(HttpMethod.Post, $"/{letter.GetProperty("id").GetString()}/replay");
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE id = {ticket * 2}") == 1, "the job");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((letter.GetProperty("queue").GetString(), letter.GetProperty("message_type").GetString()), Is.EqualTo(("jobs-open-job", "TicketSubmitted")));
            Assert.That((letter.GetProperty("company_id").GetString(), letter.GetProperty("job_id").GetInt64()), Is.EqualTo(("acme", ticket * 2)));
            Assert.That(letter.GetProperty("reason").GetString(), Does.Contain("no cabe"));
            Assert.That(letter.GetProperty("payload").GetProperty("ticketId").GetInt64(), Is.EqualTo(ticket));
            Assert.That((replayed, again, view.GetProperty("status").GetString()), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK, "replayed")));
            Assert.That((await LettersAsync(0)), Is.Empty, "nothing is open any more");
        }
    }

    [Test]
    public async Task A_replay_that_fails_too_opens_the_same_letter_again()
    {
        await RefuseTicketsAsync();
        var ticket = JobsApp.NewTicket();
        await app.Bus.SayAsync(JobsApp.Submitted(ticket, "acme", ticket * 2));
        var first = (await LettersAsync(1)).Single();
        await CallAsync(HttpMethod.Post, "/replay?message_type=TicketSubmitted");
        await Eventually.TrueAsync(async () => (await LettersAsync(null)).Any(l => l.GetProperty("attempts").GetInt32() > first.GetProperty("attempts").GetInt32()), "the letter again");
        var second = (await LettersAsync(1)).Single();
        var (discarded, view) = await CallAsync(HttpMethod.Delete, $"/{second.GetProperty("id").GetString()}");
        var (replay, problem) = await CallAsync(HttpMethod.Post, $"/{second.GetProperty("id").GetString()}/replay");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.GetProperty("id").GetString(), Is.EqualTo(first.GetProperty("id").GetString()));
            Assert.That((discarded, view.GetProperty("status").GetString(), view.GetProperty("payload").ValueKind), Is.EqualTo((HttpStatusCode.OK, "discarded", JsonValueKind.Null)));
            Assert.That((replay, problem.GetProperty("code").GetString()), Is.EqualTo((HttpStatusCode.Conflict, "already_discarded")));
        }
    }

    [Test]
    public async Task What_cannot_be_read_and_what_killed_its_consumer_is_kept_too()
    {
        await PublishAsync("jobs-open-job", [0xFF, 0x00, 0x7B], "basura", []);
        await PublishAsync(Messaging.DeadLetterExchange, """{"messageType":["urn:message:Invoicing.Messages:TicketRead"],"message":{"companyId":"acme","password":"hunter2"}}"""u8.ToArray(), "mortal",
            new() { ["x-first-death-queue"] = "jobs-admit-job", ["x-first-death-reason"] = "delivery_limit" });
        var letters = await LettersAsync(2);
        var fatal = letters.Single(l => l.GetProperty("queue").GetString() == "jobs-admit-job");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(letters.Select(l => l.GetProperty("queue").GetString()), Is.EquivalentTo(new[] { "jobs-open-job", "jobs-admit-job" }));
            Assert.That((fatal.GetProperty("attempts").GetInt32(), fatal.GetProperty("message_type").GetString()), Is.EqualTo((5, "TicketRead")));
            Assert.That(fatal.GetProperty("payload").GetProperty("password").GetString(), Is.EqualTo("***"));
        }
    }

    [TestCase("""{"messageType":["urn:message:Invoicing.Messages:AnswerIntervention"],"message":{"interventionId":"i1","value":"S3CR3T"}}""")]
    [TestCase("""{"message":{"answers":{"login":"S3CR3T"},"captchaSolving":true}}""")]
    [TestCase("""{"message":{"nested":[{"portal_password":"S3CR3T"}]}}""")]
    [TestCase("""{"message":{"detail":"clave whsec_S3CR3T enviada"}}""")]
    [TestCase("""{"message":{"url":"https://ana:S3CR3T@portal.example.com/"}}""")]
    [TestCase("no es JSON, Bearer S3CR3T")]
    public void Secrets_are_never_shown(string body)
    {
        var shown = Masking.Masked(Encoding.UTF8.GetBytes(body))!.ToJsonString();
        Assert.That(shown, Does.Not.Contain("S3CR3T").And.Contain("***"));
    }

    [Test]
    public async Task Only_the_platform_sees_them()
    {
        using var admin = app.As("acme", Role.admin);
        using var answer = await admin.GetAsync("/invoicing/v2/admin/dead-letters");
        var (unknown, _) = await CallAsync(HttpMethod.Post, "/dl_nope/replay");
        Assert.That((answer.StatusCode, unknown), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.NotFound)));
    }

    private Task RefuseTicketsAsync() => app.ExecuteAsync("""
        CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no cabe''; END';
        CREATE TRIGGER refuse BEFORE INSERT ON tickets FOR EACH ROW EXECUTE FUNCTION refuse();
        """);

    private Task PublishAsync(string exchange, byte[] body, string id, Dictionary<string, object?> headers) => RawMessages.PublishAsync(app.Bus.Broker, exchange, body, id, headers);

    /// <param name="count">Waits for so many open ones; null looks once.</param>
    private async Task<JsonElement[]> LettersAsync(int? count)
    {
        using var root = app.Service.AsPlatformAdmin();
        JsonElement[] letters = [];
        await Eventually.TrueAsync(async () =>
        {
            letters = (await root.GetFromJsonAsync<JsonElement[]>("/invoicing/v2/admin/dead-letters"))!;
            return count is null || letters.Length == count;
        }, $"{count} dead letters");
        return letters;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> CallAsync(HttpMethod method, string path)
    {
        using var root = app.Service.AsPlatformAdmin();
        using var request = new HttpRequestMessage(method, "/invoicing/v2/admin/dead-letters" + path);
        using var answer = await root.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}
