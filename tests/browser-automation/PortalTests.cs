using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;
using Invoicing.Messages;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>Real tickets through the simulated portals with real Chromium.</summary>
[TestFixture, NonParallelizable]
public sealed class PortalTests
{
    private PortalTown town;
    private WorkerBench worker;

    [OneTimeSetUp]
    public async Task Open()
    {
        town = await PortalTown.StartAsync();
        worker = await WorkerBench.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await worker.DisposeAsync();
        await town.DisposeAsync();
    }

    [SetUp]
    public async Task Fresh()
    {
        await town.NoFaultsAsync();
        worker.Person = asked => town.SolveAsync(asked, "oxxo-test");
    }

    [TestCase("simple")]
    [TestCase("oxxo-test")]
    [TestCase("litro-mil")]
    public async Task A_ticket_becomes_a_verified_invoice(string portal)
    {
        var ticket = await town.SellAsync(portal);
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields);

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Outcome, Is.EqualTo(Outcome.Entregada), $"{end.Detail}\n{worker.Story(attempt.JobId)}");
        Assert.That(end.Files.Select(f => f.Kind), Is.EquivalentTo(new[] { "cfdi_xml", "cfdi_pdf" }));
        Assert.That(worker.Jobs.Emissions, Does.Contain($"{attempt.JobId}/1"));
        Assert.That(await town.EmissionsAsync(ticket), Has.Count.EqualTo(1));
    }

    [TestCase("simple")]
    [TestCase("oxxo-test")]
    [TestCase("litro-mil")]
    public async Task An_invoice_whose_answer_was_lost_is_found_and_not_asked_for_twice(string portal)
    {
        var ticket = await town.SellAsync(portal);
        await town.FaultAsync(portal, "lost_response", ticket.Id, times: 1);
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields);

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Outcome, Is.EqualTo(Outcome.Entregada), $"{end.Detail}\n{worker.Story(attempt.JobId)}");
        Assert.That(await town.EmissionsAsync(ticket), Has.Count.EqualTo(1));
    }

    [TestCase("simple")]
    [TestCase("oxxo-test")]
    [TestCase("litro-mil")]
    public async Task A_ticket_invoiced_to_us_before_is_recovered(string portal)
    {
        var ticket = await town.SellAsync(portal);
        await town.InvoiceBeforeAsync(ticket, JobsStandIn.Company.Rfc);
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields);

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Outcome, Is.EqualTo(Outcome.Recuperada), $"{end.Detail}\n{worker.Story(attempt.JobId)}");
        Assert.That(await town.EmissionsAsync(ticket), Has.Count.EqualTo(1));
    }

    [TestCase("simple")]
    [TestCase("oxxo-test")]
    [TestCase("litro-mil")]
    public async Task A_ticket_invoiced_to_somebody_else_is_told(string portal)
    {
        var ticket = await town.SellAsync(portal);
        await town.InvoiceBeforeAsync(ticket, "URE180429TM6");
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields);

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Outcome, Is.EqualTo(Outcome.OtroRfc), $"{end.Detail}\n{worker.Story(attempt.JobId)}");
    }

    [TestCase("simple", "not_found", null, Outcome.NoEncontrado)]
    [TestCase("oxxo-test", "expired", null, Outcome.FueraDePlazo)]
    [TestCase("litro-mil", "not_yet", null, Outcome.AunNo)]
    [TestCase("simple", "sat_reject", "cp", Outcome.ReceptorRechazado)]
    [TestCase("litro-mil", "sat_reject", "nombre", Outcome.ReceptorRechazado)]
    [TestCase("oxxo-test", "maintenance", null, Outcome.PortalCaido)]
    [TestCase("simple", "502", null, Outcome.PortalCaido)]
    public async Task What_the_portal_says_becomes_the_outcome(string portal, string kind, string? value, string outcome)
    {
        var ticket = await town.SellAsync(portal);
        await town.FaultAsync(portal, kind, value: value);
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields);

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Outcome, Is.EqualTo(outcome), $"{end.Detail}\n{worker.Story(attempt.JobId)}");
        Assert.That(await town.EmissionsAsync(ticket), Is.Empty);
    }

    [Test]
    public async Task After_the_portal_s_deadline_the_way_on_is_told_and_its_answer_is_kept_as_a_picture()
    {
        var ticket = await town.SellAsync("simple");
        await town.FaultAsync("simple", "expired");
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields);

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Detail, Does.Contain("venció el").And.Contain("mismo año").And.Contain("conciliación de factura"), worker.Story(attempt.JobId));
        Assert.That(worker.Said<StepRecorded>(attempt.JobId)[^1].Screenshot, Is.Not.Null, worker.Story(attempt.JobId));
    }

    [TestCase("simple", "layout_drift")]
    [TestCase("oxxo-test", "layout_drift")]
    [TestCase("litro-mil", "layout_drift")]
    [TestCase("simple", "stale_receptor")]
    [TestCase("simple", "modal_again")]
    [TestCase("oxxo-test", "native_dialog")]
    public async Task A_page_that_changed_is_still_understood(string portal, string fault)
    {
        var ticket = await town.SellAsync(portal);
        await town.FaultAsync(portal, fault);
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields);

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Outcome, Is.EqualTo(Outcome.Entregada), $"{end.Detail}\n{worker.Story(attempt.JobId)}");
    }

    [Test]
    public async Task An_attempt_that_may_only_consult_never_emits()
    {
        var ticket = await town.SellAsync("simple");
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields, consultOnly: true);

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Outcome, Is.EqualTo(Outcome.Incierto), worker.Story(attempt.JobId));
        Assert.That(await town.EmissionsAsync(ticket), Is.Empty);
    }

    [Test]
    public async Task A_consultation_goes_past_an_address_that_is_not_there()
    {
        var ticket = await town.SellAsync("simple");
        await town.InvoiceBeforeAsync(ticket, JobsStandIn.Company.Rfc);
        var attempt = WorkerBench.Attempt([new Uri(new Uri(ticket.Urls[0]), "/facturacion/cortad").AbsoluteUri, .. ticket.Urls], ticket.Fields, consultOnly: true);

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Outcome, Is.AnyOf(Outcome.Entregada, Outcome.Recuperada), $"{end.Detail}\n{worker.Story(attempt.JobId)}");
    }

    [Test]
    public async Task Without_a_recorded_emission_nothing_is_pressed()
    {
        var ticket = await town.SellAsync("simple");
        worker.Jobs.EmissionStatus = 409;
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields);
        try
        {
            await worker.SayAsync(attempt);
            await worker.WaitForAsync<AttemptStarted>(attempt.JobId);
            var ran = worker.Attempts.Find(attempt.JobId, 1)?.Run ?? Task.CompletedTask;
            await ran.WaitAsync(TimeSpan.FromSeconds(60));
        }
        finally
        {
            worker.Jobs.EmissionStatus = 200;
        }

        Assert.That(await town.EmissionsAsync(ticket), Is.Empty);
        Assert.That(worker.Said<AttemptFinished>(attempt.JobId), Is.Empty, "a stale attempt says nothing");
    }

    [Test]
    public async Task A_cancelled_attempt_closes_its_page_and_says_so()
    {
        var ticket = await town.SellAsync("oxxo-test");
        worker.Person = _ => Task.FromResult<AnswerIntervention?>(null);
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields);
        await worker.SayAsync(attempt);
        await worker.WaitForAsync<InterventionAsked>(attempt.JobId);

        await worker.SayAsync(new CancelAttempt(attempt.JobId, 1, "prueba"));
        var end = await worker.WaitForAsync<AttemptFinished>(attempt.JobId);

        Assert.That(end.ErrorType, Is.EqualTo("cancelled"));
        Assert.That(await town.EmissionsAsync(ticket), Is.Empty);
    }

    [Test]
    public async Task The_first_emission_on_an_unknown_portal_waits_for_a_person_where_that_is_wanted()
    {
        worker.Jobs.Recipes.Clear();
        var asked = new List<InterventionAsked>();
        worker.Person = question => { asked.Add(question); return Task.FromResult<AnswerIntervention?>(new(question.InterventionId, question.JobId, question.Attempt, asked.Count == 1 ? "reject" : "approve", null)); };
        var (refused, approved, known) = (await RunAsync(supervise: true), await RunAsync(supervise: true), await RunAsync(supervise: true));

        Assert.That((refused.End.Outcome, approved.End.Outcome, known.End.Outcome), Is.EqualTo((Outcome.RequiereHumano, Outcome.Entregada, Outcome.Entregada)), worker.Story(approved.End.JobId));
        Assert.That(await town.EmissionsAsync(refused.Ticket), Is.Empty);
        Assert.That(asked.Select(q => q.Kind), Is.EqualTo(new[] { "confirmacion", "confirmacion" }), "the third time the portal is known");
    }

    [Test]
    public async Task What_was_learned_is_replayed_and_what_does_not_hold_any_more_is_healed()
    {
        worker.Jobs.Recipes.Clear();
        var first = await RunAsync();
        var host = new Uri(first.Ticket.Urls[0]).Authority;
        var learned = Recipe.Read(worker.Jobs.Recipes[host].Recipe)!;
        var second = await RunAsync();
        learned.Enter(second.Ticket.Urls[0], new Uri(new Uri(second.Ticket.Urls[0]), "/ya-no-existe").AbsoluteUri, Bench.Pages.Goal() with { MerchantRfc = second.Ticket.Fields["rfc_emisor"] });
        learned.Fields[learned.Fields.First(f => f.Value == "folio").Key] = "caja";
        worker.Jobs.Recipes[host] = new StoredRecipe(7, learned.Write());
        var third = await RunAsync();

        Assert.That((first.End.Outcome, second.End.Outcome, third.End.Outcome), Is.EqualTo((Outcome.Entregada, Outcome.Entregada, Outcome.Entregada)), worker.Story(third.End.JobId));
        var uses = worker.Jobs.RecipeUses.Where(u => u.JobId >= first.End.JobId).ToList();
        Assert.That(uses.Select(u => u.Verdict), Is.EqualTo(new[] { "none", "held", "held" }));
        Assert.That(second.End.Usage.PageLoads, Is.LessThanOrEqualTo(first.End.Usage.PageLoads));
        Assert.That(uses[2].Learned, Does.Not.Contain("ya-no-existe").And.Not.Contain(BenchRfc));
        Assert.That(Recipe.Read(uses[2].Learned)!.Fields.Values, Does.Contain("folio"));
    }

    private static string BenchRfc => Bench.JobsStandIn.Company.Rfc;

    private async Task<(SoldTicket Ticket, AttemptFinished End)> RunAsync(bool supervise = false)
    {
        var ticket = await town.SellAsync("simple");
        return (ticket, await worker.RunAsync(WorkerBench.Attempt(ticket.Urls, ticket.Fields) with { SuperviseFirst = supervise }));
    }
}
