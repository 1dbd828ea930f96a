using System.Text.Json;
using Invoicing.BrowserAutomation;
using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;
using Invoicing.Messages;

namespace Invoicing.Exam;

/// <summary>One portal's tickets, one after the other; attempts follow each other as jobs would have them, and the mail is read at the end.</summary>
public sealed class Sitting(PortalTown town, WorkerBench worker, Setting setting, Spent spent, string portal, int pass)
{
    private static readonly FiscalProfileFacts Person = new(2, "persona", "FUNK671228PH6", "KARLA FUENTE NOLASCO", "01160", "612", "G03", "karla@correo.example");
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, StoredRecipe> Learned = new();
    private readonly Mailbox mailbox = new(town);

    private bool AsksCaptcha => portal is "siete-soles" or "gas-go" or "lucero" or "mesa-chica" or "valle-real" or "via-bajio" or "la-violeta";

    private sealed record Sat(int Number, Kind Kind, SoldTicket Ticket, FiscalProfileFacts Profile, List<AttemptFinished> Ends, int Asked, int Sprung, string Story);

    /// <param name="marked">Hears of each ticket as soon as it is marked; those whose files travel by mail at the end.</param>
    public async Task RunAsync(int tickets, Action<Mark> marked)
    {
        worker.Jobs.Profiles["persona"] = Person;
        if (portal == "gas-go")
        {
            worker.Jobs.Credentials = new("flotilla@kemper.test", "Gasolina-2026", new Dictionary<string, string> { ["portal_url"] = (await town.SellAsync(portal)).Urls[0] });
        }

        var waiting = new List<Sat>();
        for (var number = setting.From; number < setting.From + tickets; number++)
        {
            var sat = await OneAsync(number);
            if (sat.Ends[^1].Outcome == Outcome.EmitidaPendiente)
            {
                waiting.Add(sat);
                continue;
            }

            Tell(await MarkAsync(sat, sat.Ends[^1].Outcome, byMail: false));
        }

        // Minutes for most, days for those that post once a week.
        foreach (var span in (TimeSpan[])[TimeSpan.FromMinutes(30), TimeSpan.FromDays(6)])
        {
            await (waiting.Count > 0 ? town.LaterAsync(span) : Task.CompletedTask);
            foreach (var sat in waiting.ToList())
            {
                if (await mailbox.HoldsAsync(sat.Ticket, sat.Profile))
                {
                    Tell(await MarkAsync(sat, sat.Ends.Any(e => e.Emitted) ? Outcome.Entregada : Outcome.Recuperada, byMail: true));
                    waiting.Remove(sat);
                }
            }
        }

        foreach (var sat in waiting)
        {
            Tell(await MarkAsync(sat, Outcome.EmitidaPendiente, byMail: false));
        }

        void Tell(Mark mark)
        {
            marked(mark);
            Sheet.Tell(mark, setting.Stories);
        }
    }

    private async Task<Sat> OneAsync(int number)
    {
        var kind = Mix.Of(number);
        await town.NoFaultsAsync(portal);
        foreach (var drift in setting.Drift)
        {
            await town.FaultAsync(portal, drift);
        }

        Recall();
        var profile = number % 5 == 3 && portal != "gas-go" ? Person : JobsStandIn.Company;
        var ticket = await ArrangeAsync(kind, profile, number);
        var fields = kind == Kind.WrongData ? Misread(ticket) : ticket.Fields;
        var sprung = await town.SprungAsync(portal);
        var (asked, ends, stories) = (0, new List<AttemptFinished>(), new List<string>());
        var attempt = WorkerBench.Attempt(ticket.Urls, fields) with
        {
            CompanyId = profile.CompanyId, Merchant = new MerchantFacts(8, portal, null, [], true, 1), InterventionTimeoutSeconds = 25,
        };
        do
        {
            worker.Persons[attempt.JobId] = async question => { asked++; return await AnswerAsync(question); };
            spent.Jobs[attempt.JobId] = $"{portal} {pass}";
            ends.Add(await worker.RunAsync(attempt));
            stories.Add(worker.Story(attempt.JobId));
            Withhold(ticket);
            attempt = attempt with { JobId = WorkerBench.NextJob(), ConsultOnly = true };
        }
        while (await AgainAsync(ends));

        return new Sat(number, kind, ticket, profile, ends, asked, await town.SprungAsync(portal) - sprung, string.Join("\n-- next attempt\n", stories));
    }

    // The first of two passes explores every time; what it learned is handed out in the second.
    private void Withhold(SoldTicket ticket)
    {
        foreach (var host in ticket.Urls.Select(u => new Uri(u).Authority).Where(_ => setting.SecondPass && pass == 1))
        {
            if (worker.Jobs.Recipes.TryRemove(host, out var recipe))
            {
                // What an earlier ticket taught is kept, as it is where recipes are not withheld.
                Learned.AddOrUpdate(host, recipe, (_, known) => recipe with { Recipe = Read(known).Healed(Read(recipe), [], []).Write() });
            }
        }
    }

    private static Recipe Read(StoredRecipe stored) => Recipe.Read(stored.Recipe) ?? new Recipe();

    private void Recall()
    {
        foreach (var (host, recipe) in Learned.Where(_ => pass > 1))
        {
            worker.Jobs.Recipes.TryAdd(host, recipe);
        }
    }

    // After an emission that left something open the portal is consulted again some minutes later, at most twice.
    private async Task<bool> AgainAsync(List<AttemptFinished> ends)
    {
        var open = ends[^1].Outcome == Outcome.Incierto || (ends[^1].Outcome == Outcome.EmitidaPendiente && !Mix.ByMail(portal));
        if (!open || ends.Count > 2 || !ends.Any(e => e.Emitted))
        {
            return false;
        }

        await town.LaterAsync(TimeSpan.FromMinutes(6));
        return true;
    }

    private async Task<SoldTicket> ArrangeAsync(Kind kind, FiscalProfileFacts profile, int number)
    {
        var early = kind == Kind.NotYet && portal is not ("siete-soles" or "altiplano" or "liebana" or "simple" or "comadre");
        // Where the same words mean "not yet" and "unknown" the day must tell them apart: it has no hour.
        var bought = early ? town.Now.AddMinutes(-5) : kind == Kind.Expired ? town.Now.AddDays(-100) : town.Now.AddHours(portal switch { "altiplano" => -20, "conveni24" => -54, _ => -30 });
        var ticket = await town.SellAsync(portal, bought);
        await (kind switch
        {
            Kind.AlreadyOurs => town.InvoiceBeforeAsync(ticket, profile.Rfc),
            Kind.AlreadyOthers => town.InvoiceBeforeAsync(ticket, "IVD920810GU2"),
            Kind.NotYet when !early => town.FaultAsync(portal, "not_yet", ticket.Id),
            Kind.Refused => town.FaultAsync(portal, "sat_reject", ticket.Id, value: ((string[])["nombre", "cp", "regimen", "uso"])[number % 4]),
            Kind.Down => town.FaultAsync(portal, number % 2 == 0 ? "maintenance" : "502"),
            Kind.Lost => town.FaultAsync(portal, "lost_response", ticket.Id, times: 1),
            Kind.Trap => town.FaultAsync(portal, AsksCaptcha ? "captcha_wrong" : "session_expired", times: 1, step: AsksCaptcha ? null : "validate"),
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

    private async Task<Mark> MarkAsync(Sat sat, string outcome, bool byMail)
    {
        var made = (await town.EmissionsAsync(sat.Ticket)).Where(e => e.GetProperty("origin").GetString() == "portal").ToList();
        var wrong = Math.Max(0, made.Count - (Mix.Emits(sat.Kind) ? 1 : 0)) + made.Count(e => !IsAsWanted(e, sat.Profile, sat.Ticket));
        // What an account has on file no page of the portal changes: with old data there SAT refuses whatever is sent, and a person must know.
        var right = portal == "gas-go" && setting.Drift.Contains("stale_receptor") ? [Outcome.RequiereHumano, Outcome.ReceptorRechazado] : Mix.Right(sat.Kind, portal);
        return new Mark(
            portal, pass, sat.Number, sat.Kind, outcome, sat.Ends[^1].Detail, right.Contains(outcome) && sat.Sprung == 0, wrong, byMail || sat.Ends.Any(e => e.Files.Any(f => f.Kind == "cfdi_xml")),
            right[0] is Outcome.Entregada or Outcome.Recuperada, sat.Asked, sat.Ends.Count, sat.Ends.Sum(e => e.Usage.BrowserSeconds), sat.Ends.Sum(e => e.Usage.PageLoads),
            $"{sat.Story}\n{sat.Sprung} trap(s) sprung, {wrong} wrong of {made.Count}: {JsonSerializer.Serialize(made)}");
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
