using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

public sealed class InterventionTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear() => await app.ClearAsync();

    [Test]
    public async Task A_captcha_waits_for_a_person_and_gives_the_slot_back()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        var run = await app.Worker.TakeAsync(job);
        await app.Worker.AskAsync(run, $"i-{job}");
        var waiting = await app.WhenAsync(job, "requiere_intervencion");
        var (_, other) = await app.SubmitAsync("acme");
        await app.Worker.AttemptAsync(other);
        var answer = await AnswerAsync($"i-{job}", new { action = "answer", value = "XK7P" });
        var heard = await app.Bus.WaitForAsync<AnswerIntervention>(a => a.JobId == job);
        var again = await AnswerAsync($"i-{job}", new { action = "answer", value = "XK7P" });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(waiting.GetProperty("estado").GetString(), Is.EqualTo("pausado"));
            Assert.That(waiting.GetProperty("requires_intervention").GetBoolean(), Is.True);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(heard, Has.Property("Value").EqualTo("XK7P").And.Property("InterventionId").EqualTo($"i-{job}"));
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That((await app.JobAsync(job)).GetProperty("estado").GetString(), Is.EqualTo("en_progreso"));
        }
    }

    [TestCase("{\"page_minutes\": 45}", 45 * 60)]
    [TestCase("{\"page_minutes\": 100000}", 15 * 60)]
    [TestCase("{\"page_minutes\": \"mucho\"}", 15 * 60)]
    [TestCase("[]", 15 * 60)]
    public async Task A_page_stays_open_for_a_person_as_long_as_the_tenant_wants(string config, int seconds)
    {
        app.Tenants.Set("patient", more: ("interventions", new FeatureState(true, null, config)));
        var (_, job) = await app.SubmitAsync("patient");
        await app.Worker.OfferAsync(1);
        Assert.That((await app.Worker.TakeAsync(job)).InterventionTimeoutSeconds, Is.EqualTo(seconds));
    }

    [Test]
    public async Task An_expired_question_takes_no_answer()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        await app.Worker.AskAsync(await app.Worker.TakeAsync(job), $"i-{job}", seconds: -1);
        await app.WhenAsync(job, "requiere_intervencion");
        Assert.That((await AnswerAsync($"i-{job}", new { action = "answer", value = "x" })).StatusCode, Is.EqualTo(HttpStatusCode.Gone));
    }

    [Test]
    public async Task Without_a_portal_address_a_person_is_asked_for_one()
    {
        var (ticket, job) = await app.SubmitAsync("acme", read: false);
        await app.Bus.SayAsync(JobsApp.Reading(ticket, "acme", portal: null));
        await app.WhenAsync(job, "requiere_intervencion");
        var asked = await OnlyAsync(job);
        var forbidden = await AnswerAsync(asked.GetProperty("id").GetString()!, new { action = "answer", value = "http://169.254.169.254/latest" });
        var empty = await AnswerAsync(asked.GetProperty("id").GetString()!, new { action = "answer" });
        var fine = await AnswerAsync(asked.GetProperty("id").GetString()!, new { action = "answer", value = "http://127.0.0.1:8201/facturar" });
        await app.Worker.OfferAsync(1);
        var run = await app.Worker.AttemptAsync(job);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked.GetProperty("kind").GetString(), Is.EqualTo("dato"));
            Assert.That(asked.GetProperty("field").GetString(), Is.EqualTo("portal_url"));
            Assert.That((await forbidden.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0].GetProperty("code").GetString(), Is.EqualTo("forbidden_address"));
            Assert.That(empty.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(fine.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(run.PortalUrls, Is.EqualTo(new[] { "http://127.0.0.1:8201/facturar" }));
        }
    }

    [Test]
    public async Task Without_a_fiscal_profile_a_person_is_asked_and_approval_goes_on_once_there_is_one()
    {
        app.Tenants.WithoutProfile("bare");
        var (_, job) = await app.SubmitAsync("bare");
        await app.WhenAsync(job, "requiere_intervencion");
        var asked = await OnlyAsync(job, "bare");
        app.Tenants.WithoutProfile("bare", false);
        await AnswerAsync(asked.GetProperty("id").GetString()!, new { action = "approve" }, "bare");
        await app.Worker.OfferAsync(1);
        await app.Worker.AttemptAsync(job);
        Assert.That(asked.GetProperty("field").GetString(), Is.EqualTo("fiscal_profile_id"));
    }

    [Test]
    public async Task A_missing_datum_is_asked_for_and_its_answer_is_typed()
    {
        var (ticket, job) = await app.SubmitAsync("acme", read: false);
        await app.Bus.SayAsync(JobsApp.Reading(ticket, "acme") with { Merchant = new MerchantFacts(7, "Tienda", null, ["folio", "web_id"], false, 1) });
        await app.WhenAsync(job, "requiere_intervencion");
        var asked = await OnlyAsync(job);
        await AnswerAsync(asked.GetProperty("id").GetString()!, new { action = "answer", value = " 12345678 " });
        await app.Worker.OfferAsync(1);
        Assert.That((await app.Worker.AttemptAsync(job)).Fields["web_id"], Is.EqualTo("12345678"));
    }

    [Test]
    public async Task A_datum_read_with_doubt_is_asked_for_with_both_readings()
    {
        var (ticket, job) = await app.SubmitAsync("acme", read: false);
        var reading = JobsApp.Reading(ticket, "acme");
        await app.Bus.SayAsync(reading with
        {
            Merchant = new MerchantFacts(7, "Tienda", null, ["total"], false, 1), Fields = new Dictionary<string, string>(reading.Fields) { ["total"] = "733.90" },
            Confidence = new Dictionary<string, double> { ["total"] = .4 }, Alternatives = new Dictionary<string, IReadOnlyList<string>> { ["total"] = ["793.90"] },
        });
        await app.WhenAsync(job, "requiere_intervencion");
        var asked = await OnlyAsync(job);
        await AnswerAsync(asked.GetProperty("id").GetString()!, new { action = "answer", value = "793.90" });
        await app.Worker.OfferAsync(1);
        Assert.That((await app.Worker.AttemptAsync(job)).Fields["total"], Is.EqualTo("793.90"));
        Assert.That((asked.GetProperty("field").GetString(), asked.GetProperty("prompt").GetString()), Is.EqualTo(("total", "En el ticket, «total» se lee con duda «733.90» (también podría ser «793.90»). Escríbalo como está impreso.")));
    }

    [TestCase(Outcomes.RequiereHumano, null, "confirmacion")]
    [TestCase(Outcomes.RequiereHumano, "estacion", "dato")]
    [TestCase(Outcomes.PortalNoReconocido, null, "dato")]
    public async Task A_worker_that_gives_up_leaves_a_question_whose_answer_starts_again(string outcome, string? field, string kind)
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job), outcome, field: field);
        var paused = await app.WhenAsync(job, "requiere_intervencion");
        var asked = await OnlyAsync(job);
        await AnswerAsync(asked.GetProperty("id").GetString()!, new { action = "approve" });
        await app.Worker.AttemptAsync(job, 2);
        Assert.That((paused.GetProperty("outcome").GetString(), asked.GetProperty("kind").GetString()), Is.EqualTo((outcome, kind)));
    }

    [Test]
    public async Task Rejecting_ends_the_job()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job), Outcomes.RequiereHumano);
        await app.WhenAsync(job, "requiere_intervencion");
        await AnswerAsync((await OnlyAsync(job)).GetProperty("id").GetString()!, new { action = "reject" });
        Assert.That((await app.WhenAsync(job, "fallido")).GetProperty("outcome").GetString(), Is.EqualTo("requiere_humano"));
    }

    [Test]
    public async Task A_question_nobody_answers_ends_the_job_as_timeout()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job), Outcomes.RequiereHumano);
        await app.WhenAsync(job, "requiere_intervencion");
        await app.ExecuteAsync($"UPDATE interventions SET expires_at = now() - interval '1 second' WHERE job_id = {job}");
        Assert.That((await app.WhenAsync(job, "timeout")).GetProperty("estado").GetString(), Is.EqualTo("fallido"));
    }

    [Test]
    public async Task Another_tenant_sees_and_answers_nothing()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        await app.Worker.AskAsync(await app.Worker.TakeAsync(job), $"i-{job}");
        await app.WhenAsync(job, "requiere_intervencion");
        using var other = app.As("other");
        Assert.That(await other.GetFromJsonAsync<JsonElement[]>("/invoicing/v2/interventions"), Is.Empty);
        Assert.That((await AnswerAsync($"i-{job}", new { action = "approve" }, "other")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private async Task<JsonElement> OnlyAsync(long job, string company = "acme")
    {
        using var client = app.As(company);
        return (await client.GetFromJsonAsync<JsonElement[]>($"/invoicing/v2/interventions?job_id={job}"))!.Single();
    }

    private async Task<HttpResponseMessage> AnswerAsync(string id, object body, string company = "acme")
    {
        using var client = app.As(company);
        return await client.PostAsJsonAsync($"/invoicing/v2/interventions/{id}", body);
    }
}
