using Invoicing.BrowserAutomation.Tests.Bench;
using Invoicing.Messages;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>Portals of several kinds that the engine has no word for: wizard with postbacks, JSF, step API, cart, combos, floating labels, masks, account; and dialogs with sleeping fields, labels over blank boxes, lists of list items.</summary>
[TestFixture, NonParallelizable]
public sealed class ArchetypeTests
{
    private PortalTown town;
    private WorkerBench worker;

    [OneTimeSetUp]
    public async Task Open()
    {
        town = await PortalTown.StartAsync();
        worker = await WorkerBench.StartAsync();
        await town.OpeningHoursAsync();
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await worker.DisposeAsync();
        await town.DisposeAsync();
    }

    [TestCase("mercanorte", Outcome.EmitidaPendiente)]
    [TestCase("conveni24", Outcome.Entregada)]
    [TestCase("grupo-mesa", Outcome.Entregada)]
    [TestCase("siete-soles", Outcome.Entregada)]
    [TestCase("mezquite", Outcome.EmitidaPendiente)]
    [TestCase("liebana", Outcome.EmitidaPendiente)]
    [TestCase("altiplano", Outcome.Entregada)]
    [TestCase("tres-rios", Outcome.Entregada)]
    [TestCase("galaxia", Outcome.Entregada)]
    [TestCase("mesa-chica", Outcome.EmitidaPendiente)]
    public async Task A_ticket_is_invoiced_once(string portal, string outcome)
    {
        worker.Person = asked => town.SolveAsync(asked, portal);
        var ticket = await town.SellAsync(portal, town.Now.AddHours(-30));
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields);

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Outcome, Is.EqualTo(outcome), $"{end.Detail}\n{worker.Story(attempt.JobId)}");
        var emissions = await town.EmissionsAsync(ticket);
        Assert.That(emissions, Has.Count.EqualTo(1));
        Assert.That(emissions[0].GetProperty("receptor").GetProperty("rfc").GetString(), Is.EqualTo(JobsStandIn.Company.Rfc));
    }

    [Test]
    public async Task An_account_for_several_companies_invoices_to_the_right_one()
    {
        worker.Person = async asked => asked.Kind == "confirmacion" ? new AnswerIntervention(asked.InterventionId, asked.JobId, asked.Attempt, "approve", null) : await town.SolveAsync(asked, "gas-go");
        var ticket = await town.SellAsync("gas-go", town.Now.AddHours(-30));
        worker.Jobs.Credentials = new PortalCredentials("flotilla@kemper.test", "Gasolina-2026", new Dictionary<string, string> { ["portal_url"] = ticket.Urls[0] });
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields) with { Merchant = new MerchantFacts(8, "Gas & Go", null, [], true, 1) };

        var end = await worker.RunAsync(attempt);
        if (end.Outcome == Outcome.EmitidaPendiente)
        {
            // The row appears in the account's list some minutes later: jobs asks again, and may only consult.
            await town.LaterAsync(TimeSpan.FromMinutes(6));
            attempt = attempt with { JobId = WorkerBench.NextJob(), ConsultOnly = true };
            end = await worker.RunAsync(attempt);
            Assert.That(worker.Said<InterventionAsked>(attempt.JobId), Is.Empty, "signed in already: nobody is asked again");
        }

        Assert.That(end.Outcome, Is.EqualTo(Outcome.Entregada), $"{end.Detail}\n{worker.Story(attempt.JobId)}");
        var emissions = await town.EmissionsAsync(ticket);
        Assert.That(emissions.Select(e => e.GetProperty("receptor").GetProperty("rfc").GetString()), Is.EqualTo(new[] { JobsStandIn.Company.Rfc }));
    }
}
