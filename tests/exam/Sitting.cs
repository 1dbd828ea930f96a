using System.Text.Json;
using Invoicing.BrowserAutomation;
using Invoicing.BrowserAutomation.Tests.Bench;
using Invoicing.Messages;

namespace Invoicing.Exam;

/// <summary>One portal's tickets, one after the other; attempts follow each other as jobs would have them.</summary>
public sealed class Sitting(PortalTown town, WorkerBench worker, Setting setting, string portal, int pass)
{
    private static readonly FiscalProfileFacts Person = new(2, "persona", "FUNK671228PH6", "KARLA FUENTE NOLASCO", "01160", "612", "G03", "karla@correo.example");
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> Recipes = new();

    /// <param name="marked">Hears of each ticket as soon as it is marked.</param>
    public async Task RunAsync(int tickets, Action<Mark> marked)
    {
        worker.Jobs.Profiles["persona"] = Person;
        for (var number = 0; number < tickets; number++)
        {
            var mark = await OneAsync(number);
            marked(mark);
            Sheet.Tell(mark);
        }
    }

    private async Task<Mark> OneAsync(int number)
    {
        var kind = Mix.Of(number);
        await town.NoFaultsAsync(portal);
        foreach (var drift in setting.Drift)
        {
            await town.FaultAsync(portal, drift);
        }

        var profile = number % 5 == 3 && portal != "gas-go" ? Person : JobsStandIn.Company;
        var ticket = await ArrangeAsync(kind, profile, number);
        var fields = kind == Kind.WrongData ? Misread(ticket) : ticket.Fields;
        var (asked, ends, stories) = (0, new List<AttemptFinished>(), new List<string>());
        var attempt = WorkerBench.Attempt(ticket.Urls, fields) with
        {
            CompanyId = profile.CompanyId, Merchant = new MerchantFacts(8, portal, null, [], true, 1), InterventionTimeoutSeconds = 25, Recipe = pass > 1 ? Recipes.GetValueOrDefault(portal) : null,
        };
        do
        {
            worker.Persons[attempt.JobId] = async question => { asked++; return await AnswerAsync(question); };
            ends.Add(await worker.RunAsync(attempt));
            stories.Add(worker.Story(attempt.JobId));
            Recipes[portal] = ends[^1].Recipe ?? Recipes.GetValueOrDefault(portal, "");
            attempt = attempt with { JobId = WorkerBench.NextJob(), ConsultOnly = true };
        }
        while (await AgainAsync(ends));

        return await MarkAsync(number, kind, ticket, profile, ends, asked, string.Join("\n-- next attempt\n", stories));
    }

    // After an emission that left something open the portal is consulted again some minutes later, at most twice.
    private async Task<bool> AgainAsync(List<AttemptFinished> ends)
    {
        var open = ends[^1].Outcome == Outcome.Incierto || (ends[^1].Outcome == Outcome.EmitidaPendiente && Mix.Right(Kind.Success, portal)[0] == Outcome.Entregada);
        if (!open || ends.Count > 2 || !ends.Any(e => e.Emitted))
        {
            return false;
        }

        await town.LaterAsync(TimeSpan.FromMinutes(6));
        return true;
    }

    private async Task<SoldTicket> ArrangeAsync(Kind kind, FiscalProfileFacts profile, int number)
    {
        var early = kind == Kind.NotYet && portal is not ("siete-soles" or "altiplano" or "simple");
        var bought = early ? town.Now.AddMinutes(-5) : kind == Kind.Expired ? town.Now.AddDays(-100) : town.Now.AddHours(-30);
        var ticket = await town.SellAsync(portal, bought);
        await (kind switch
        {
            Kind.AlreadyOurs => town.InvoiceBeforeAsync(ticket, profile.Rfc),
            Kind.AlreadyOthers => town.InvoiceBeforeAsync(ticket, "IVD920810GU2"),
            Kind.NotYet when !early => town.FaultAsync(portal, "not_yet", ticket.Id),
            Kind.Refused => town.FaultAsync(portal, "sat_reject", ticket.Id, value: ((string[])["nombre", "cp", "regimen", "uso"])[number % 4]),
            Kind.Down => town.FaultAsync(portal, number % 2 == 0 ? "maintenance" : "502"),
            Kind.Lost => town.FaultAsync(portal, "lost_response", ticket.Id, times: 1),
            Kind.Trap => town.FaultAsync(portal, portal is "siete-soles" or "gas-go" ? "captcha_wrong" : "session_expired", times: 1, step: portal is "siete-soles" or "gas-go" ? null : "validate"),
            _ => Task.CompletedTask,
        });
        return ticket;
    }

    /// <summary>One character of the number that names the ticket was read wrongly.</summary>
    private static Dictionary<string, string> Misread(SoldTicket ticket)
    {
        var fields = new Dictionary<string, string>(ticket.Fields);
        var key = fields.First(f => f.Value == ticket.Folio).Key;
        var at = ticket.Folio.Length - 3;
        var digit = ticket.Folio[at] == '7' ? '1' : '7';
        fields[key] = ticket.Folio[..at] + digit + ticket.Folio[(at + 1)..];
        return fields;
    }

    // Reads captchas, vouches for not being a robot; what else is asked the person does not know.
    private async Task<AnswerIntervention?> AnswerAsync(InterventionAsked asked) =>
        await town.SolveAsync(asked, portal)
        ?? new AnswerIntervention(asked.InterventionId, asked.JobId, asked.Attempt, asked.Kind == "confirmacion" ? "approve" : "reject", null);

    private async Task<Mark> MarkAsync(int number, Kind kind, SoldTicket ticket, FiscalProfileFacts profile, List<AttemptFinished> ends, int asked, string story)
    {
        var end = ends[^1];
        var made = (await town.EmissionsAsync(ticket)).Where(e => e.GetProperty("origin").GetString() == "portal").ToList();
        var wrong = Math.Max(0, made.Count - (Mix.Emits(kind) ? 1 : 0)) + made.Count(e => !IsAsWanted(e, profile, ticket));
        var due = Mix.Right(kind, portal).Any(o => o is Outcome.Entregada or Outcome.Recuperada);
        return new Mark(
            portal, pass, number, kind, end.Outcome, end.Detail, Mix.Right(kind, portal).Contains(end.Outcome), wrong, ends.Any(e => e.Files.Any(f => f.Kind == "cfdi_xml")), due, asked,
            ends.Count, ends.Sum(e => e.Usage.BrowserSeconds), ends.Sum(e => e.Usage.PageLoads), $"{story}\n{wrong} wrong of {made.Count}: {JsonSerializer.Serialize(made)}");
    }

    // By the portal's own books, never by what the worker says.
    private bool IsAsWanted(JsonElement emission, FiscalProfileFacts wanted, SoldTicket ticket)
    {
        var receptor = emission.GetProperty("receptor");
        string Of(string name) => receptor.GetProperty(name).GetString() ?? "";
        return Of("rfc") == wanted.Rfc && Of("nombre") == wanted.Nombre && Of("postal_code") == wanted.CodigoPostal && Of("regimen") == wanted.RegimenFiscal
            && (portal == "gas-go" || Of("uso") == wanted.UsoCfdi) && emission.GetProperty("forma_pago").GetString() == ticket.Fields["forma_pago"];
    }
}
