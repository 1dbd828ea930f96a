using System.Text.Json;
using Invoicing.BrowserAutomation.Engine;
using Microsoft.Playwright;

namespace Invoicing.BrowserAutomation.Browser;

/// <summary>Date fields that take no typing: the calendar behind them is opened and leafed through as a person would.</summary>
public sealed class Calendar(PortalSession session, PageReader reader)
{
    private const int MaxPages = 40;
    private static readonly string Look = Script.Load("calendar");

    private sealed record Step(bool Again, int Press);

    /// <summary>False when no calendar opened, or the day cannot be chosen in it.</summary>
    public async Task<bool> PickAsync(IElementHandle field, DateOnly day, Move.Fill move)
    {
        try
        {
            await field.ClickAsync(new() { Timeout = 2000 });
            for (var page = 0; page < MaxPages; page++)
            {
                await Task.Delay(page == 0 ? 200 : 120);
                if (page == 0 && await StepAsync(move, day) is null && !await OpenByButtonAsync(field))
                {
                    break;
                }

                if (await StepAsync(move, day) is not { } step || (step.Press >= 0 && !await PressAsync(move, step.Press)))
                {
                    break;
                }

                if (!step.Again)
                {
                    await Task.Delay(100);
                    return Values.Same(move.Canonical, move.Value, await field.EvaluateAsync<string>("e => String(e.value ?? e.textContent ?? '')"));
                }
            }

            await session.Page.Keyboard.PressAsync("Escape");
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            // The page went its own way: the next look tells.
        }

        return false;
    }

    // Where the box itself opens nothing, the button beside it does.
    private static async Task<bool> OpenByButtonAsync(IElementHandle field)
    {
        const string beside = """
            e => {
              for (let box = e.parentElement, i = 0; box && i < 4; box = box.parentElement, i++) {
                if (box.querySelectorAll('input:not([type=hidden]),select,textarea').length > 1) return null;
                const button = [...box.querySelectorAll('button,[role=button],a,img,i,svg,span')].find(b => b !== e && !b.contains(e) && (/^(button|a)$/i.test(b.tagName) || getComputedStyle(b).cursor === 'pointer') && b.getBoundingClientRect().width > 1);
                if (button) return button;
              }
              return null;
            }
            """;
        if (await field.EvaluateHandleAsync(beside) is not IElementHandle button)
        {
            return false;
        }

        await button.ClickAsync(new() { Timeout = 2000 });
        await Task.Delay(200);
        return true;
    }

    private async Task<Step?> StepAsync(Move.Fill move, DateOnly day)
    {
        var found = await reader.FrameOf(move.Field.Handle).EvaluateAsync<string>(
            $"json => JSON.stringify(({Look})(JSON.parse(json)))", JsonSerializer.Serialize(new { day.Year, day.Month, day.Day }, JsonSerializerOptions.Web));
        return JsonSerializer.Deserialize<Step?>(found, JsonSerializerOptions.Web);
    }

    private async Task<bool> PressAsync(Move.Fill move, int index)
    {
        if (await reader.FindAsync($"{move.Field.Handle.Split(':')[0]}:{index}") is not { } element)
        {
            return false;
        }

        await element.ClickAsync(new() { Timeout = 2000 });
        return true;
    }
}
