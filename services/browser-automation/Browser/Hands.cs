using Invoicing.BrowserAutomation.Engine;
using Microsoft.Playwright;

namespace Invoicing.BrowserAutomation.Browser;

/// <summary>Whether the page took the move, and what was seen instead when it did not.</summary>
public sealed record Done(bool Ok, string? Trouble = null, IReadOnlyList<string>? Offered = null);

/// <summary>Carries moves out on the page and reads back what came of them.</summary>
public sealed class Hands(PortalSession session, PageReader reader)
{
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(4);
    private readonly Lists lists = new(session, reader);

    /// <summary>Waits until nothing is unanswered and the page stands still, or the limit is over.</summary>
    /// <param name="looks">How often in a row it must have been found still.</param>
    public async Task SettleAsync(TimeSpan limit, int looks = 3)
    {
        const string changes = "() => window[Symbol.for('invoicing.changes')] ?? 0";
        var start = TimeProvider.System.GetTimestamp();
        var (last, still) = (-1, 0);
        while (TimeProvider.System.GetElapsedTime(start) < limit && still < looks)
        {
            await Task.Delay(looks < 3 ? 60 : 90);
            var now = await Guarded(async () => await session.Page.EvaluateAsync<int>(changes).WaitAsync(Quick), -2);
            still = now == last && now >= 0 && session.Activity.Pending == 0 && !session.Inbox.Arriving ? still + 1 : 0;
            last = now;
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

        await SettleAsync(Quick);
        return trouble.Count == 0 ? new Done(true) : new Done(false, string.Join(' ', trouble.Distinct()));
    }

    /// <param name="rest">Wait until the page stands still.</param>
    private async Task<Done> FillAsync(Move.Fill move, bool rest = true)
    {
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
            await SetByScriptAsync(element, move.Value);
        }
        else if (move.ByKeys || Masked(move.Field))
        {
            await element.ClickAsync(new() { Timeout = 3000 });
            await element.PressAsync("Control+A");
            await element.PressAsync("Delete");
            await session.Page.Keyboard.TypeAsync(move.Value, new() { Delay = 8 });
        }
        else
        {
            await element.FillAsync(move.Value, new() { Timeout = 4000 });
        }

        if (!move.Field.ReadOnly)
        {
            await element.EvaluateAsync("e => { if (e.getRootNode().activeElement !== e) e.focus({ preventScroll: true }); e.blur(); }");
        }

        if (!rest)
        {
            return new Done(true);
        }

        await SettleAsync(Quick, looks: 1);
        // A field that posts its page back is gone by now; the next look at the page tells what it holds.
        return await Guarded(() => ReadBackAsync(move), new Done(true));
    }

    private async Task<Done> ReadBackAsync(Move.Fill move)
    {
        if (await reader.FindAsync(move.Field.Handle) is not { } element)
        {
            return new Done(true);
        }

        var written = await element.EvaluateAsync<string>("e => String(e.value ?? e.textContent ?? '')");
        var same = move.Value.Length == 0 ? written.Length == 0 : Values.Same(move.Canonical, move.Value, written);
        if (!same && !move.Field.ReadOnly && !move.ByKeys)
        {
            return await DoAsync(move with { ByKeys = true });
        }

        if (!same && !move.Field.ReadOnly)
        {
            await SetByScriptAsync(element, move.Value);
            written = await element.EvaluateAsync<string>("e => String(e.value ?? e.textContent ?? '')");
            same = Values.Same(move.Canonical, move.Value, written);
        }

        return same ? new Done(true) : new Done(false, "El campo no conservó el valor.");
    }

    private async Task<Done> ChooseAsync(Move.Choose move, bool rest = true)
    {
        if (await reader.FindAsync(move.Field.Handle) is not { } element)
        {
            return new Done(false, "La lista cambió antes de elegir.");
        }

        if (move.Field.Kind == FieldKind.Select)
        {
            var option = OptionMatch.Pick(move.Canonical, move.Value, move.Field.Choices);
            var index = move.Field.Choices.ToList().IndexOf(option!);
            await element.SelectOptionAsync([new SelectOptionValue { Index = index }], new() { Timeout = 4000 });
            await (rest ? SettleAsync(Quick) : Task.CompletedTask);
            return new Done(true);
        }

        var done = move.Field.Kind == FieldKind.Typeahead ? await lists.TypeAndPickAsync(move, element) : await lists.OpenAndPickAsync(move, element);
        await SettleAsync(Quick);
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
        await session.Page.EvaluateAsync("() => { for (const e of document.querySelectorAll('*')) if (e.scrollHeight > e.clientHeight + 4 && /auto|scroll/.test(getComputedStyle(e).overflowY)) { e.scrollTop = e.scrollHeight; e.dispatchEvent(new Event('scroll', { bubbles: true })); } }");
        await SettleAsync(Quick);
        return new Done(true);
    }

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

    private static bool Masked(Field field) => field.Placeholder.Contains('_', StringComparison.Ordinal) || field.Placeholder.Contains('#', StringComparison.Ordinal) || field.Value.Contains('_', StringComparison.Ordinal);

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
