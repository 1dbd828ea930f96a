using Invoicing.BrowserAutomation.Engine;

namespace Invoicing.BrowserAutomation;

/// <summary>The point of no return: on record with jobs before anything that emits is pressed, be it by the engine, in a dialog or by a person's hand.</summary>
public sealed class Emission(Visit visit, HeldAttempt held, JobsClient jobs, TimeProvider time)
{
    private const string Supervised = "primera_emision";
    private const int Tries = 3;

    /// <summary>With jobs, in this attempt.</summary>
    public bool Recorded { get; private set; }

    /// <summary>A person must say yes first: no verified invoice is known from this portal, and nobody has agreed in this attempt.</summary>
    public bool IsSupervised => visit.Command.SuperviseFirst && visit.Recipes.Portal is null && !Recorded && !visit.Answers.ContainsKey(Supervised);

    public static Move.AskPerson Supervision(Move.Press emission, string url) => new(
        "confirmacion", Supervised, $"Es la primera factura en {Visit.HostOf(url)}. Revise en la imagen los datos capturados: ¿se presiona «{Filling.Short(emission.Control.Caption)}»?", null, [],
        "Se pidió a una persona confirmar la primera emisión en este portal.");

    /// <summary>False: do not press.</summary>
    public async Task<bool> RecordAsync(string url)
    {
        for (var i = 1; ; i++)
        {
            try
            {
                var recorded = await jobs.RecordEmissionAsync(visit.Command.JobId, visit.Command.Attempt, url, visit.Receptor.Rfc, held.Stopped);
                Recorded |= recorded;
                if (!recorded)
                {
                    held.Stop(StopReason.Stale);
                }

                return recorded;
            }
            catch (HttpRequestException) when (i < Tries)
            {
                await Task.Delay(TimeSpan.FromSeconds(i), time, held.Stopped);
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    /// <summary>True to accept a native dialog. A yes to our own emission is given only when it is on record; when the attempt may only consult, never.</summary>
    public async Task<bool> DecideDialogAsync(string type, string text)
    {
        var decision = DialogPolicy.For(type, text, visit.History.Typed.Receptor.Contains("rfc"));
        if (decision != DialogPolicy.Answer.AcceptAsEmission)
        {
            return decision == DialogPolicy.Answer.Accept;
        }

        if (visit.Command.ConsultOnly || visit.History.Consulting || IsSupervised || !(Recorded || await RecordAsync(visit.Url ?? "")))
        {
            return false;
        }

        visit.History.ConfirmedEmission(time.GetUtcNow());
        return true;
    }

    /// <summary>A person's hand is held to the same rules: on record before the click that emits, for our receptor alone, and never twice. Null: go on.</summary>
    /// <param name="pointed">Key of what the click or key lands on.</param>
    public async Task<Refusal?> PermitAsync(Snapshot page, string? pointed, bool byEnter)
    {
        switch (TakeOver.Press(page, pointed, byEnter, visit.GoalFor(page.Url), visit.History))
        {
            case Move.Stop stop:
                return new Refusal("emission_refused", stop.Outcome.Detail);
            case Move.Press { Emits: true } when !await RecordAsync(page.Url):
                return new Refusal("emission_not_recorded", "No se pudo registrar la emisión; no se presionó.");
            case Move.Press press:
                visit.History.Did(press, page, true, time.GetUtcNow());
                break;
        }

        return null;
    }
}
