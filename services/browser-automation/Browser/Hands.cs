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
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Restless = TimeSpan.FromSeconds(2);
    private static readonly string Type = Script.Load("type");
    private static readonly string Choose = Script.Load("pick");
    private readonly Lists lists = new(session, reader);
    private readonly Calendar calendar = new(session, reader);

    /// <summary>Waits until nothing is unanswered and the page stands still, or the limit is over. A page that never stands still by itself (a clock, a carousel) is waited for a while only.</summary>
    public async Task SettleAsync(TimeSpan limit, int stillFor = Still)
    {
        const string since = "() => performance.now() - (window[Symbol.for('invoicing.changed')] ?? 0)";
        var start = TimeProvider.System.GetTimestamp();
        var unanswered = start;
        while (TimeProvider.System.GetElapsedTime(start) is var waited && waited < limit)
        {
            var still = Math.Min(await Guarded(async () => await session.Page.EvaluateAsync<double>(since).WaitAsync(Quick), -1), waited.TotalMilliseconds);
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
            await element.ClickAsync(new() { Timeout = 3000 });
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
        var trouble = new List<string>();
        foreach (var part in form.Parts)
        {
            var done = part is Move.Fill fill ? await FillAsync(fill, rest: false) : await ChooseAsync((Move.Choose)part, rest: false);
            if (!done.Ok)
            {
                trouble.Add(done.Trouble ?? "");
            }
        }

        await SettleAsync(Quick, StillAfterTyping * 2);
        return trouble.Count == 0 ? new Done(true) : new Done(false, string.Join(' ', trouble.Distinct()));
    }

    /// <param name="rest">Wait until the page stands still.</param>
    private async Task<Done> FillAsync(Move.Fill move, bool rest = true)
    {
        if (!move.ByKeys && !move.Field.ReadOnly && !Masked(move.Field))
        {
            // A field that posts its page back is gone by now; the next look at the page tells what it holds.
            var written = await Guarded(() => reader.CallAsync<string?>(move.Field.Handle, Type, new { move.Value, move.Secret }), move.Value);
            if (written is null)
            {
                return new Done(false, "El campo cambió antes de escribir.");
            }

            await (rest ? SettleAsync(Quick, StillAfterTyping) : Task.CompletedTask);
            return IsHeld(move, written) ? new Done(true) : await FillAsync(move with { ByKeys = true }, rest);
        }

        if (await reader.FindAsync(move.Field.Handle) is not { } element)
        {
            return new Done(false, "El campo cambió antes de escribir.");
        }

        if (move.Secret)
        {
            await element.EvaluateAsync("e => e.setAttribute('data-secreto', '')");
        }

        if (move.Field.ReadOnly)
        {
            await (Values.DayOf(move) is { } day && await calendar.PickAsync(element, day, move) ? Task.CompletedTask : SetByScriptAsync(element, move.Value));
        }
        else
        {
            await element.ClickAsync(new() { Timeout = 3000 });
            await element.PressAsync("Control+A");
            await element.PressAsync("Delete");
            await session.Page.Keyboard.TypeAsync(move.Value, new() { Delay = 8 });
            await element.EvaluateAsync("e => { if (e.getRootNode().activeElement !== e) e.focus({ preventScroll: true }); e.blur(); }");
        }

        await (rest ? SettleAsync(Quick, StillAfterTyping) : Task.CompletedTask);
        return await Guarded(() => ReadBackAsync(move), new Done(true));
    }

    private static bool IsHeld(Move.Fill move, string written) => move.Value.Length == 0 ? written.Length == 0 : Values.Same(move.Canonical, move.Value, written);

    private async Task<Done> ReadBackAsync(Move.Fill move)
    {
        if (await reader.FindAsync(move.Field.Handle) is not { } element)
        {
            return new Done(true);
        }

        const string value = "e => String(e.value ?? e.textContent ?? '')";
        if (!IsHeld(move, await element.EvaluateAsync<string>(value)) && !move.Field.ReadOnly)
        {
            await SetByScriptAsync(element, move.Value);
        }

        return IsHeld(move, await element.EvaluateAsync<string>(value)) ? new Done(true) : new Done(false, "El campo no conservó el valor.");
    }

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

        var done = move.Field.Kind == FieldKind.Typeahead ? await lists.TypeAndPickAsync(move, element) : await lists.OpenAndPickAsync(move, element);
        await SettleAsync(Quick, StillAfterTyping * 2);
        return done;
    }

    private async Task<Done> TickAsync(Move.Tick move)
    {
        if (await reader.FindAsync(move.Field.Handle) is not { } element)
        {
            return new Done(false, "La casilla cambió antes de marcarla.");
        }

        if (await element.IsCheckedAsync() != move.On)
        {
            await Guarded(async () => { await element.ClickAsync(new() { Timeout = 2000 }); return 0; }, 0);
        }

        if (await element.IsCheckedAsync() != move.On)
        {
            await element.EvaluateAsync("e => (e.labels?.[0] ?? e).click()");
        }

        await SettleAsync(Quick);
        return new Done(true);
    }

    private async Task<Done> RevealAsync()
    {
        foreach (var frame in session.Page.Frames)
        {
            await Guarded(async () => { await frame.EvaluateAsync(Scroll); return 0; }, 0);
        }

        await SettleAsync(Quick);
        return new Done(true);
    }

    private const string Scroll = "() => { const to = root => { for (const e of root.querySelectorAll('*')) { if (e.shadowRoot) to(e.shadowRoot); if (e.scrollHeight > e.clientHeight + 4 && /auto|scroll/.test(getComputedStyle(e).overflowY)) { e.scrollTop = e.scrollHeight; e.dispatchEvent(new Event('scroll', { bubbles: true })); } } }; to(document); }";


    // What frameworks listen to: the native setter, then the events a person would cause; jQuery's date picker is told in its own way.
    private static Task SetByScriptAsync(IElementHandle element, string value) => element.EvaluateAsync(
        """
        (e, v) => {
          const proto = e.tagName === 'TEXTAREA' ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
          const date = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(v);
          if (date && window.jQuery?.fn?.datepicker && window.jQuery(e).hasClass('hasDatepicker')) window.jQuery(e).datepicker('setDate', new Date(+date[3], +date[2] - 1, +date[1]));
          Object.getOwnPropertyDescriptor(proto, 'value').set.call(e, v);
          for (const name of ['input', 'change', 'blur']) e.dispatchEvent(new Event(name, { bubbles: name !== 'blur' }));
        }
        """, value);

    // An example made of nothing but places and separators ("AAAAAA-AAAAAA-A", "__/__/____") is a mask, and masks believe keys alone.
    private static bool Masked(Field field) => System.Text.RegularExpressions.Regex.IsMatch(field.Placeholder, @"^(?=.*[-/. ])([A0X9]{1,12}[-/. ])+[A0X9]{1,12}$") || field.Placeholder.Contains('_', StringComparison.Ordinal) || field.Placeholder.Contains('#', StringComparison.Ordinal) || field.Value.Contains('_', StringComparison.Ordinal);

    private static async Task<T> Guarded<T>(Func<Task<T>> action, T otherwise)
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
