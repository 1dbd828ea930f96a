using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Engine;

namespace Invoicing.BrowserAutomation;

/// <summary>The addresses a portal may be at, one after the other, until one is the portal's.</summary>
/// <param name="follow">From an address that answered to the outcome there.</param>
public sealed class Itinerary(Visit visit, Emission emission, HeldAttempt held, StepLog steps, Func<string, Task<Outcome>> follow, TimeProvider time)
{
    /// <summary>The portal is down only when every address is.</summary>
    public async Task<Outcome> RunAsync()
    {
        Outcome? down = null;
        foreach (var printed in Addresses.ToTry(visit.Command.PortalUrls))
        {
            held.Stopped.ThrowIfCancellationRequested();
            visit.Begin(await visit.Recipes.OpenAsync(printed, held.Stopped));
            var url = visit.History.Known?.Instead.GetValueOrDefault(printed) ?? printed;
            var outcome = await TryAsync(url, printed);
            if (outcome is not null && (!IsWrongAddress(outcome) || visit.History.FirstEmitAt is not null || visit.History.Typed.EverReceptor))
            {
                return outcome;
            }

            visit.Recipes.WentAstray(url);
            down = outcome is null ? down ?? new Outcome(Outcome.PortalCaido, "El portal no respondió.", ErrorType: "connection")
                : down is { Word: Outcome.PortalCaido, ErrorType: not "connection" } ? down : outcome;
        }

        return down ?? new Outcome(Outcome.NoReconocido, "El ticket no trae ninguna dirección de portal.", "portal_url");
    }

    // Null when nothing answers there. Where nothing was issued and the portal made no sense, perhaps it is what was learned that makes none any more.
    private async Task<Outcome?> TryAsync(string url, string printed)
    {
        if (await EnterAsync(url) is not null)
        {
            return null;
        }

        var outcome = await follow(url);
        if (visit.History is not { Known: not null, FirstEmitAt: null } || outcome.Word != Outcome.NoReconocido || emission.Recorded)
        {
            return outcome;
        }

        visit.Recipes.CloseAsMisleading();
        visit.Begin(null);
        return await EnterAsync(printed) is null ? await follow(printed) : outcome;
    }

    // Straight to the form where it is known; through the front door when it is not there any more.
    private async Task<string?> EnterAsync(string url)
    {
        if (!visit.Command.ConsultOnly && visit.History.Known?.EntryFor(url, visit.GoalFor(url)) is { } entry)
        {
            if (await GoAsync(entry) is null && await HasFormAsync(url))
            {
                return null;
            }

            visit.History.Known.Forget(url, visit.GoalFor(url));
        }

        return await GoAsync(url);
    }

    private async Task<string?> GoAsync(string url)
    {
        await steps.TakenAsync();
        var trouble = await visit.Session.GoAsync(url);
        _ = steps.RecordAsync("navigate", "navegando", $"Abrí el portal {Visit.HostOf(url)}.", url, trouble is null, trouble);
        if (trouble is null)
        {
            await new Hands(visit.Session, new PageReader(visit.Session)).SettleAsync(Journey.Rest);
            visit.History.Did(new Move.Navigate(url, ""), Snapshot.Empty, true, time.GetUtcNow());
        }

        return trouble;
    }

    private async Task<bool> HasFormAsync(string url)
    {
        return FieldMap.Of((await new PageReader(visit.Session).ReadAsync()).Fields, visit.GoalFor(url), visit.History.Known?.Fields).Any(m => m.Group == "ticket");
    }

    // Print is misread, cut over two lines, years old: a page that is not there, or that has nothing to fill in, is no portal's last word.
    private bool IsWrongAddress(Outcome outcome) => outcome.Word == Outcome.PortalCaido
        || (visit.History.Typed.Count == 0 && (outcome.Word == Outcome.NoReconocido || (visit.Command.ConsultOnly && outcome.Word == Outcome.Incierto && !visit.History.RecoverPressed)));
}
