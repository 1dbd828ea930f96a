using Invoicing.BrowserAutomation.Engine;
using Microsoft.Playwright;

namespace Invoicing.BrowserAutomation.Browser;

/// <summary>Lists that are no plain select: drawn by the page, suggested by its server, rendered while scrolled.</summary>
public sealed class Lists(PortalSession session, PageReader reader)
{
    public async Task<Done> TypeAndPickAsync(Move.Choose move, IElementHandle element)
    {
        if (OptionMatch.Pick(move.Canonical, move.Value, move.Field.Choices) is { } listed)
        {
            await element.FillAsync(listed.Value.Length > 0 ? listed.Value : listed.Text);
            await element.EvaluateAsync("e => e.blur()");
            return new Done(true);
        }

        var (ways, done) = (WaysToSay(move), new Done(false));
        foreach (var (way, isLast) in ways.Select((w, i) => (w, i == ways.Count - 1)))
        {
            await element.ClickAsync(new() { Timeout = 3000 });
            await element.PressAsync("Control+A");
            await element.PressAsync("Delete");
            await session.Page.Keyboard.TypeAsync(way, new() { Delay = 5 });
            done = await PickAsync(move, plain: isLast);
            if (done.Ok || (way.Length == 0 && done.Offered is { Count: > 0 }))
            {
                break;
            }
        }

        return done;
    }

    // A list of SAT's may not know its keys: by its words, then looked through as a whole; what shows no list at all is typed into.
    private static IReadOnlyList<string> WaysToSay(Move.Choose move) =>
        OptionMatch.SatText(move.Canonical, move.Value) is { } text ? [move.Value, text[..Math.Min(text.Length, 12)], "", move.Value]
            : Vocabulary.Find(move.Canonical)?.Place == true && move.Field.Kind == FieldKind.Text ? [move.Value, "", move.Value] : [move.Value];

    public async Task<Done> OpenAndPickAsync(Move.Choose move, IElementHandle element)
    {
        // Covered by its own list, still open from a try that failed: what is on show is looked through as it is.
        await TryClickAsync(element, 2000);
        return await PickAsync(move, plain: false);
    }

    // By most of a page of the box the entries are in; false when it is at its end, or is no such box.
    private static async Task<bool> ScrollOnAsync(IElementHandle entry)
    {
        const string script = """
            e => {
              let box = e.parentElement;
              while (box && !(box.scrollHeight > box.clientHeight + 2 && /auto|scroll|overlay/.test(getComputedStyle(box).overflowY))) box = box.parentElement;
              if (!box || box === document.body || box === document.documentElement) return false;
              const before = box.scrollTop;
              box.scrollTop += Math.max(20, box.clientHeight * 0.8);
              return box.scrollTop > before;
            }
            """;
        try
        {
            return await entry.EvaluateAsync<bool>(script);
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            // Gone already: the next look sees what took its place.
            return true;
        }
    }

    private static async Task<bool> TryClickAsync(IElementHandle element, int milliseconds = 3000)
    {
        try
        {
            await element.ClickAsync(new() { Timeout = milliseconds });
            return true;
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            return false;
        }
    }

    // Long lists render while they are scrolled: looked through until nothing new appears.
    /// <param name="plain">Where no list comes, it is a plain box after all.</param>
    private async Task<Done> PickAsync(Move.Choose move, bool plain)
    {
        var all = new Dictionary<string, Choice>();
        var moved = false;
        for (var (round, idle) = (0, 0); round < 120 && idle < 4; round++)
        {
            // Nothing yet: the server is still asked for suggestions.
            await Task.Delay(round < 3 ? 60 : 120);
            var shown = await reader.OptionsAsync(move.Field.Handle);
            var news = shown.Where(o => all.TryAdd(o.Text, o)).ToList();
            idle = news.Count == 0 && !moved && (all.Count > 0 || round > 38) ? idle + 1 : 0;
            // A name that contains the wanted one may be its neighbour: taken only when the whole list has been seen.
            if (OptionMatch.Pick(move.Canonical, move.Value, shown, sure: idle < 2 || shown.Count < all.Count) is { } option && await reader.FindAsync(option.Handle) is { } element && await TryClickAsync(element))
            {
                return new Done(true);
            }

            // A list that is drawn while it scrolls replaces its entries under the hand: looked at again.
            moved = shown.Count > 0 && (await reader.FindAsync(shown[^1].Handle) is not { } last || await ScrollOnAsync(last));
        }

        if (all.Count == 0 && plain)
        {
            // What was typed stands.
            await session.Page.Keyboard.PressAsync("Tab");
            return new Done(true);
        }

        await session.Page.Keyboard.PressAsync("Escape");
        return new Done(false, "La lista no ofrece el valor.", [.. all.Keys.Take(100)]);
    }
}
