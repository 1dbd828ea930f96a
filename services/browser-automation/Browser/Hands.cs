using Invoicing.BrowserAutomation.Engine;
using Microsoft.Playwright;

namespace Invoicing.BrowserAutomation.Browser;

/// <summary>Whether the page took the move, and what was seen instead when it did not.</summary>
public sealed record Done(bool Ok, string? Trouble = null, IReadOnlyList<string>? Offered = null);

/// <summary>Carries moves out on the page and reads back what came of them.</summary>
public sealed class Hands(PortalSession session, PageReader reader)
{
    private const int Still = 160;
    private const int StillAfterTyping = 40;
    private const int StillAfterEffect = 60;
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Restless = TimeSpan.FromSeconds(2);
    private static readonly string Choose = Script.Load("pick");
    private readonly Lists lists = new(session, reader);
    private readonly Typist typist = new(session, reader);

    /// <summary>Waits until nothing is unanswered and the page stands still, or the limit is over. A page that never stands still by itself (a clock, a carousel) is waited for a while only.</summary>
    /// <param name="since">Of a move whose effect is known to come at once: where something happened since, a short rest is enough.</param>
    public async Task SettleAsync(TimeSpan limit, int stillFor = Still, long? since = null)
    {
        using var span = Telemetry.Source.StartActivity("browser.settle");
        const string changed = "() => performance.now() - (window[Symbol.for('invoicing.changed')] ?? 0)";
        var start = TimeProvider.System.GetTimestamp();
        var unanswered = start;
        while (TimeProvider.System.GetElapsedTime(start) is var waited && waited < limit)
        {
            var quiet = await Guarded(async () => await session.Page.EvaluateAsync<double>(changed).WaitAsync(Quick), -1);
            var still = Math.Min(quiet, waited.TotalMilliseconds);
            if (since is { } move && quiet >= 0 && TimeProvider.System.GetElapsedTime(move).TotalMilliseconds is var age && (quiet < age || session.Activity.SilentFor.TotalMilliseconds < age))
            {
                (still, stillFor) = (quiet, Math.Min(stillFor, StillAfterEffect));
            }

            if (session.Activity.Pending > 0 || session.Inbox.Arriving || still < 0)
            {
                unanswered = TimeProvider.System.GetTimestamp();
            }
            else if (session.Activity.SilentFor.TotalMilliseconds >= stillFor && (still >= stillFor || TimeProvider.System.GetElapsedTime(unanswered) > Restless))
            {
                return;
            }

            await Task.Delay((int)Math.Clamp(stillFor - still, 15, 50));
        }
    }

    /// <summary>Until the page shows something else than it did, at most as long as the move says.</summary>
    public async Task<Done> PauseAsync(Move.Wait wait)
    {
        var (start, page, files) = (TimeProvider.System.GetTimestamp(), session.Page, session.Inbox.Count);
        var face = await FaceAsync();
        while (TimeProvider.System.GetElapsedTime(start).TotalMilliseconds is var waited && waited < wait.Milliseconds)
        {
            await Task.Delay((int)Math.Clamp(wait.Milliseconds - waited, 1, 100));
            // The engine counts its waits: one that ends at every flicker would use them up.
            if (waited > wait.Milliseconds / 3.0 && session.Activity.Pending == 0 && (session.Page != page || session.Inbox.Count != files || await FaceAsync() != face))
            {
                await SettleAsync(Quick);
                break;
            }
        }

        return new Done(true);
    }

    // What a person would see change; numbers that count up or down are none of it.
    internal Task<string> FaceAsync() => Guarded(() => session.Page.EvaluateAsync<string>(Face).WaitAsync(Quick), "");

    public async Task<Done> DoAsync(Move move)
    {
        try
        {
            return move switch
            {
                Move.Fill fill => await FillAsync(fill),
                Move.Choose choose => await ChooseAsync(choose),
                Move.FillForm form => await FillFormAsync(form),
                Move.Tick tick => await TickAsync(tick),
                Move.Press press => await PressAsync(press.Control),
                Move.Reveal => await RevealAsync(),
                _ => new Done(true),
            };
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            return new Done(false, e.Message.Split('\n')[0]);
        }
    }

    public async Task<Done> PressAsync(Control control)
    {
        if (await reader.FindAsync(control.Handle) is not { } element)
        {
            return new Done(false, "El botón cambió antes de presionarlo.");
        }

        try
        {
            await element.ClickAsync(new() { Timeout = 1500 });
        }
        catch (Exception e) when (e is TimeoutException or PlaywrightException && element is not null)
        {
            // Covered or moving: pressed the way the page's own script would.
            await element.EvaluateAsync("e => e.click()").WaitAsync(Quick);
        }

        return new Done(true);
    }

    private async Task<Done> FillFormAsync(Move.FillForm form)
    {
        var done = new List<Done>(await typist.WriteTogetherAsync([.. form.Parts.OfType<Move.Fill>()]));
        foreach (var choice in form.Parts.OfType<Move.Choose>())
        {
            done.Add(await ChooseAsync(choice, rest: false));
        }

        await SettleAsync(Quick, StillAfterTyping);
        return done.TrueForAll(d => d.Ok) ? new Done(true) : new Done(false, string.Join(' ', done.Where(d => !d.Ok).Select(d => d.Trouble).Distinct()));
    }

    private Task<Done> FillAsync(Move.Fill move) => typist.WriteAsync(move, () => SettleAsync(Quick, StillAfterTyping));

    /// <param name="rest">Wait until the page stands still.</param>
    private async Task<Done> ChooseAsync(Move.Choose move, bool rest = true)
    {
        if (move.Field.Kind == FieldKind.Select)
        {
            var index = move.Field.Choices.ToList().IndexOf(OptionMatch.Pick(move.Canonical, move.Value, move.Field.Choices)!);
            var chosen = await Guarded(() => reader.CallAsync<bool>(move.Field.Handle, Choose, new { Option = index }), true);
            await (rest ? SettleAsync(Quick, StillAfterTyping * 2) : Task.CompletedTask);
            return chosen ? new Done(true) : new Done(false, "La lista cambió antes de elegir.");
        }

        if (await reader.FindAsync(move.Field.Handle) is not { } element)
        {
            return new Done(false, "La lista cambió antes de elegir.");
        }

        var done = move.Field.Kind is FieldKind.Typeahead or FieldKind.Text && !move.Field.ReadOnly ? await lists.TypeAndPickAsync(move, element) : await lists.OpenAndPickAsync(move, element);
        await SettleAsync(Quick, StillAfterTyping * 2);
        return done;
    }

    private async Task<Done> TickAsync(Move.Tick move)
    {
        if (await reader.FindAsync(move.Field.Handle) is not { } element)
        {
            return new Done(false, "La casilla cambió antes de marcarla.");
        }

        if (await element.IsCheckedAsync() != move.On && await element.IsVisibleAsync())
        {
            await Guarded(async () => { await element.ClickAsync(new() { Timeout = 1200 }); return 0; }, 0);
        }

        if (await element.IsCheckedAsync() != move.On)
        {
            await element.EvaluateAsync("e => (e.labels?.[0] ?? e).click()");
        }

        return new Done(true);
    }

    private async Task<Done> RevealAsync()
    {
        foreach (var frame in session.Page.Frames)
        {
            await Guarded(async () => { await frame.EvaluateAsync(Scroll); return 0; }, 0);
        }

        return new Done(true);
    }

    private const string Face = "() => [location.href, (document.body?.innerText ?? '').replace(/\\d+/g, ''), ...['input', 'select', 'button', 'a', 'iframe', ':disabled'].map(s => document.querySelectorAll(s).length)].join('|')";

    private const string Scroll = "() => { const to = root => { for (const e of root.querySelectorAll('*')) { if (e.shadowRoot) to(e.shadowRoot); if (e.scrollHeight > e.clientHeight + 4 && /auto|scroll/.test(getComputedStyle(e).overflowY)) { e.scrollTop = e.scrollHeight; e.dispatchEvent(new Event('scroll', { bubbles: true })); } } }; to(document); }";

    /// <summary>What a page that is gone or never answers is taken for.</summary>
    internal static async Task<T> Guarded<T>(Func<Task<T>> action, T otherwise)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            return otherwise;
        }
    }
}
