using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

public sealed class JobLifeCycleTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear() => await app.ClearAsync();

    [Test]
    public async Task A_submitted_ticket_becomes_a_verified_invoice()
    {
        var (ticket, job) = await app.SubmitAsync("acme", "alta");
        await app.Worker.OfferAsync(1);
        var run = await app.Worker.TakeAsync(job);
        await app.Worker.StepAsync(run, 1, "llenando_formulario", "fill");
        await app.WhenAsync(job, "llenando_formulario");
        await app.Worker.EmitAsync(run);
        await app.Worker.FinishAsync(run, Outcomes.Entregada, emitted: true, xml: true);
        var verify = await app.Bus.WaitForAsync<VerifyCfdi>(v => v.JobId == job);
        var waiting = await app.WhenAsync(job, "descarga_pendiente");
        await app.Worker.AcceptAsync(run);
        var done = await app.WhenAsync(job, "completado");
        var closed = await app.Bus.WaitForAsync<JobClosed>(c => c.JobId == job);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run, Has.Property("TicketId").EqualTo(ticket).And.Property("ConsultOnly").False);
            Assert.That(run.Fields["folio"], Is.EqualTo("A1"));
            Assert.That(verify, Has.Property("Receptor").EqualTo("EKU9003173C9").And.Property("Attempt").EqualTo(1));
            Assert.That(waiting.GetProperty("success").GetBoolean(), Is.False);
            Assert.That(waiting.GetProperty("outcome").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(done.GetProperty("estado").GetString(), Is.EqualTo("completado"));
            Assert.That(done.GetProperty("outcome").GetString(), Is.EqualTo("entregada"));
            Assert.That(done.GetProperty("progress_percentage").GetInt32(), Is.EqualTo(100));
            Assert.That(done.GetProperty("downloaded_files")[0].GetString(), Is.EqualTo("factura.xml"));
            Assert.That(closed.Usage, Has.Property("BrowserSeconds").EqualTo(12.5).And.Property("OcrSeconds").EqualTo(1.5).And.Property("Attempts").EqualTo(1));
            Assert.That(closed.Usage, Has.Property("OcrPages").EqualTo(1).And.Property("ModelInputTokens").EqualTo(900).And.Property("ModelOutputTokens").EqualTo(40).And.Property("Model").EqualTo("claude-3-haiku"));
            Assert.That(await StepsAsync(job), Has.Length.EqualTo(1));
        }
    }

    [Test]
    public async Task What_the_tickets_service_hears_only_grows()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        await app.Worker.AcceptAsync(await app.Worker.DeliverAsync(job));
        var closed = await app.Bus.WaitForAsync<JobClosed>(c => c.JobId == job);
        var told = app.Bus.Heard<JobProgressed>().Where(p => p.JobId == job).Select(p => p.Sequence).Append(closed.Sequence).Order().ToArray();
        Assert.That(told, Is.EqualTo(Enumerable.Range(1, told.Length)));
    }

    [Test]
    public async Task Each_message_heard_twice_counts_once()
    {
        var ticket = JobsApp.NewTicket();
        var (submitted, read, finished, accepted) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await TwiceAsync(JobsApp.Submitted(ticket, "acme", ticket * 2), submitted);
        await TwiceAsync(JobsApp.Reading(ticket, "acme"), read);
        await app.Worker.OfferAsync(1);
        var run = await app.Worker.TakeAsync(ticket * 2);
        await app.Worker.FinishAsync(run, Outcomes.Entregada, emitted: true, xml: true, id: finished);
        await app.Worker.FinishAsync(run, Outcomes.Entregada, emitted: true, xml: true, id: finished);
        await app.WhenAsync(run.JobId, "descarga_pendiente");
        await app.Worker.AcceptAsync(run);
        await app.Worker.AcceptAsync(run);
        await app.WhenAsync(run.JobId, "completado");
        await app.Bus.WaitForAsync<JobClosed>(c => c.JobId == run.JobId);
        await app.ExecuteAsync("SELECT pg_sleep(0.5)");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(app.Bus.Heard<JobClosed>().Count(c => c.JobId == run.JobId), Is.EqualTo(1));
            Assert.That(app.Bus.Heard<VerifyCfdi>().Count(c => c.JobId == run.JobId), Is.EqualTo(1));
            Assert.That(app.Bus.Heard<JobClosed>().Single(c => c.JobId == run.JobId).Usage.BrowserSeconds, Is.EqualTo(12.5));
        }
    }

    [Test]
    public async Task A_reading_that_arrives_before_its_ticket_is_kept()
    {
        var ticket = JobsApp.NewTicket();
        await app.Bus.SayAsync(JobsApp.Reading(ticket, "acme"));
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>($"SELECT count(*) FROM tickets WHERE id = {ticket}") == 1, "the reference row");
        await app.Bus.SayAsync(JobsApp.Submitted(ticket, "acme", ticket * 2));
        await app.Worker.OfferAsync(1);
        Assert.That((await app.Worker.AttemptAsync(ticket * 2)).PortalUrls, Is.EqualTo(new[] { "https://portal.example.com/factura" }));
    }

    [Test]
    public async Task An_unreadable_ticket_ends_with_what_is_missing()
    {
        var (ticket, job) = await app.SubmitAsync("acme", read: false);
        await app.Bus.SayAsync(JobsApp.Reading(ticket, "acme", readable: false));
        var ended = await app.WhenAsync(job, "fallido");
        Assert.That(ended.GetProperty("outcome_detail").GetString(), Is.EqualTo("No se distingue el folio."));
        Assert.That(ended.GetProperty("outcome").GetString(), Is.EqualTo("datos_ticket_invalidos"));
    }

    [TestCase(Outcomes.TicketNoEncontrado)]
    [TestCase(Outcomes.FueraDePlazo)]
    [TestCase(Outcomes.DatosTicketInvalidos)]
    [TestCase(Outcomes.ReceptorRechazado)]
    [TestCase(Outcomes.YaFacturadaOtroRfc)]
    public async Task A_final_answer_of_the_portal_ends_the_job(string outcome)
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job), outcome);
        var ended = await app.WhenAsync(job, "fallido");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ended.GetProperty("outcome").GetString(), Is.EqualTo(outcome));
            Assert.That(ended.GetProperty("estado").GetString(), Is.EqualTo("fallido"));
            Assert.That(ended.GetProperty("error_message").GetString(), Is.EqualTo($"Detalle de {outcome}."));
            Assert.That(ended.GetProperty("retry_count").GetInt32(), Is.Zero);
        }
    }

    [Test]
    public async Task A_ticket_the_portal_does_not_know_after_its_window_is_told_the_way_on()
    {
        var (ticket, job) = await app.SubmitAsync("acme", read: false);
        await app.Bus.SayAsync(JobsApp.Reading(ticket, "acme") with { ClosesAt = TimeProvider.System.GetUtcNow().AddDays(-1) });
        await app.Worker.OfferAsync(1);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job), Outcomes.TicketNoEncontrado);
        var ended = await app.WhenAsync(job, "fallido");
        Assert.That(ended.GetProperty("outcome").GetString(), Is.EqualTo("ticket_no_encontrado"), "the portal's word stays");
        Assert.That(ended.GetProperty("outcome_detail").GetString(), Does.StartWith("Detalle de ticket_no_encontrado.").And.Contain("El plazo conocido del portal terminó").And.Contain("conciliación de factura"));
    }

    [TestCase(Outcomes.PortalCaido)]
    [TestCase(Outcomes.ResultadoIncierto)]
    public async Task A_transient_failure_is_tried_again_up_to_max_retries(string outcome)
    {
        var (_, job) = await app.SubmitAsync("acme", maxRetries: 1);
        await app.Worker.OfferAsync(1);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job), outcome);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job, 2), outcome);
        var ended = await app.WhenAsync(job, "fallido");
        var closed = await app.Bus.WaitForAsync<JobClosed>(c => c.JobId == job);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ended.GetProperty("outcome").GetString(), Is.EqualTo(outcome));
            Assert.That(ended.GetProperty("retry_count").GetInt32(), Is.EqualTo(1));
            Assert.That(closed.Usage.BrowserSeconds, Is.EqualTo(25));
        }
    }

    [Test]
    public async Task Not_yet_available_waits_until_the_portals_time()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        var at = TimeProvider.System.GetUtcNow().AddHours(5);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job), Outcomes.AunNoDisponible, retryAt: at);
        var waiting = await app.WhenAsync(job, "en_cola");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(waiting.GetProperty("next_attempt_at").GetDateTimeOffset(), Is.EqualTo(at).Within(TimeSpan.FromMilliseconds(1)));
            Assert.That(waiting.GetProperty("outcome").GetString(), Is.EqualTo("aun_no_disponible"));
            Assert.That(waiting.GetProperty("retry_count").GetInt32(), Is.Zero);
        }
    }

    [Test]
    public async Task An_emitted_invoice_without_files_waits_and_mail_completes_it()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        var run = await app.Worker.TakeAsync(job);
        await app.Worker.EmitAsync(run);
        await app.Worker.FinishAsync(run, Outcomes.EmitidaPendienteArchivos, emitted: true);
        var waiting = await app.WhenAsync(job, "descarga_pendiente");
        await app.Bus.SayAsync(new CfdiAccepted(run.TicketId, null, "acme", Guid.NewGuid().ToString(), "A", "B", 1, TimeProvider.System.GetUtcNow(), "x", null));
        var done = await app.WhenAsync(job, "completado");
        Assert.That(waiting.GetProperty("outcome").GetString(), Is.EqualTo("emitida_pendiente_archivos"));
        Assert.That(done.GetProperty("outcome").GetString(), Is.EqualTo("entregada"));
    }

    [Test]
    public async Task A_claim_of_delivery_without_an_xml_is_not_a_delivery()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job), Outcomes.Entregada, emitted: true);
        Assert.That((await app.WhenAsync(job, "descarga_pendiente")).GetProperty("outcome").GetString(), Is.EqualTo("emitida_pendiente_archivos"));
    }

    [Test]
    public async Task Refused_files_are_consulted_for_again_and_never_called_done()
    {
        var (_, job) = await app.SubmitAsync("acme", maxRetries: 1);
        await app.Worker.OfferAsync(1);
        var run = await app.Worker.DeliverAsync(job);
        await RefuseAsync(run);
        var second = await app.Worker.TakeAsync(job, 2);
        await app.Worker.FinishAsync(second, Outcomes.YaFacturadaRecuperada, xml: true);
        await RefuseAsync(second);
        var ended = await app.WhenAsync(job, "fallido");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.ConsultOnly, Is.True);
            Assert.That(ended.GetProperty("outcome").GetString(), Is.EqualTo("resultado_incierto"));
            Assert.That(ended.GetProperty("error_type").GetString(), Is.EqualTo("total_distinto"));
        }
    }

    [Test]
    public async Task A_priced_job_shows_its_cost()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        await app.Worker.FinishAsync(await app.Worker.TakeAsync(job), Outcomes.FueraDePlazo);
        await app.Bus.WaitForAsync<JobClosed>(c => c.JobId == job);
        await app.Bus.SayAsync(new JobPriced(job, "acme", new Dictionary<string, decimal> { ["browser"] = 0.02m, ["total"] = 0.02m }, TimeProvider.System.GetUtcNow()));
        await Eventually.TrueAsync(async () => (await app.JobAsync(job)).GetProperty("cost_breakdown").TryGetProperty("total", out var total) && total.GetDecimal() == 0.02m, "the price");
    }

    private async Task RefuseAsync(RunAttempt run)
    {
        await app.Bus.WaitForAsync<VerifyCfdi>(v => v.JobId == run.JobId && v.Attempt == run.Attempt);
        await app.Bus.SayAsync(new CfdiRefused(run.TicketId, run.JobId, "acme", run.Attempt, "total_distinto", "El total no coincide.", TimeProvider.System.GetUtcNow()));
    }

    private async Task TwiceAsync<T>(T message, Guid id) where T : class
    {
        await app.Bus.SayAsync(message, id);
        await app.Bus.SayAsync(message, id);
    }

    private async Task<JsonElement[]?> StepsAsync(long job)
    {
        using var client = app.As("acme");
        return await client.GetFromJsonAsync<JsonElement[]>($"/invoicing/v2/jobs/{job}/steps");
    }
}
