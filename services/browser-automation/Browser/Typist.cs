using System.Text.RegularExpressions;
using Invoicing.BrowserAutomation.Engine;
using Microsoft.Playwright;

namespace Invoicing.BrowserAutomation.Browser;

/// <summary>Writes into fields, by script where they take it and by keys where they do not, and reads back what they hold.</summary>
public sealed partial class Typist(PortalSession session, PageReader reader)
{
    private static readonly string Type = Script.Load("type");
    private const int Beginning = 4;
    private const int Looks = 4;
    private readonly Calendar calendar = new(session, reader);

    /// <param name="settle">Waits until the page stands still.</param>
    public async Task<Done> WriteAsync(Move.Fill move, Func<Task> settle)
    {
        if (!IsPlain(move))
        {
            return await ByKeysAsync(move, settle);
        }

        var written = (await TypeAsync([move]))[0];
        if (written is null)
        {
            return new Done(false, "El campo cambió antes de escribir.");
        }

        await settle();
        return IsHeld(move, written) ? new Done(true) : await ByKeysAsync(move, settle);
    }

    /// <summary>Fields that do not disturb each other, one after the other in as few calls as may be; nothing is waited for beyond their own reaction.</summary>
    public async Task<IReadOnlyList<Done>> WriteTogetherAsync(IReadOnlyList<Move.Fill> moves)
    {
        var written = new Dictionary<Move.Fill, string?>();
        foreach (var frame in moves.Where(IsPlain).GroupBy(m => reader.FrameOf(m.Field.Handle)))
        {
            var here = frame.ToList();
            var values = await TypeAsync(here);
            here.ForEach(m => written[m] = values[here.IndexOf(m)]);
        }

        var done = new List<Done>();
        foreach (var move in moves)
        {
            done.Add(!written.TryGetValue(move, out var held) ? await ByKeysAsync(move, () => Task.CompletedTask)
                : held is null ? new Done(false, "El campo cambió antes de escribir.")
                : IsHeld(move, held) ? new Done(true) : await ByKeysAsync(move, () => Task.CompletedTask));
        }

        return done;
    }

    private static bool IsPlain(Move.Fill move) => !move.ByKeys && !move.Field.ReadOnly && !IsMasked(move.Field);

    // What each holds afterwards. A field that posts its page back is gone by then; the next look at the page tells what it holds.
    private Task<string?[]> TypeAsync(IReadOnlyList<Move.Fill> moves) => Hands.Guarded(
        () => reader.CallAsync<string?[]>(moves[0].Field.Handle, Type, new { Fields = moves.Select(m => new { Index = PageReader.IndexOf(m.Field.Handle), m.Value, m.Secret }) }), [.. moves.Select(m => m.Value)]);

    private async Task<Done> ByKeysAsync(Move.Fill move, Func<Task> settle)
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
            await (Values.DayOf(move) is { } day && await calendar.PickAsync(element, day, move) ? Task.CompletedTask : SetByScriptAsync(element, move.Value));
        }
        else
        {
            await element.ClickAsync(new() { Timeout = 3000 });
            foreach (var way in WaysToSay(move))
            {
                await element.PressAsync("Control+A");
                await element.PressAsync("Delete");
                await session.Page.Keyboard.TypeAsync(way);
                if (await SuggestedAsync(move) is { } entry)
                {
                    await entry.ClickAsync(new() { Timeout = 2000 });
                    await settle();
                    return new Done(true);
                }
            }

            await element.EvaluateAsync("e => { if (e.getRootNode().activeElement !== e) e.focus({ preventScroll: true }); e.blur(); }");
        }

        await settle();
        return await Hands.Guarded(() => ReadBackAsync(move), new Done(true));
    }

    private static bool MayBeSuggested(Move.Fill move) => !move.Secret && (move.Canonical == "dato" || Vocabulary.Find(move.Canonical)?.Place == true);

    // A shop goes by more names than its list knows: the whole, then how it begins, then whole again for a box that suggests nothing.
    private static IReadOnlyList<string> WaysToSay(Move.Fill move) =>
        MayBeSuggested(move) && move.Value.Length > Beginning ? [move.Value, move.Value[..Beginning], move.Value] : [move.Value];

    // A plain box by its looks that suggests what it takes: the name of a shop, most often. Its server may think about it.
    private async Task<IElementHandle?> SuggestedAsync(Move.Fill move)
    {
        for (var look = 0; MayBeSuggested(move) && look < Looks; look++)
        {
            await Task.Delay(250);
            var shown = await Hands.Guarded(() => reader.OptionsAsync(move.Field.Handle), []);
            if (OptionMatch.Pick(move.Canonical, move.Value, shown) is { } option)
            {
                return await reader.FindAsync(option.Handle);
            }
        }

        return null;
    }

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

    private static bool IsHeld(Move.Fill move, string written) => move.Value.Length == 0 ? written.Length == 0 : Values.Same(move.Canonical, move.Value, written);

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
    private static bool IsMasked(Field field) => Places().IsMatch(field.Placeholder) || field.Placeholder.Contains('_', StringComparison.Ordinal) || field.Placeholder.Contains('#', StringComparison.Ordinal) || field.Value.Contains('_', StringComparison.Ordinal);

    [GeneratedRegex(@"^(?=.*[-/. ])([A0X9]{1,12}[-/. ])+[A0X9]{1,12}$")]
    private static partial Regex Places();
}
