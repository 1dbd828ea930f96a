using Invoicing.BrowserAutomation.Engine;
using Microsoft.Playwright;

namespace Invoicing.BrowserAutomation.Browser;

/// <summary>A person's eye and hand on the page from afar.</summary>
public sealed class RemoteHand(PortalSession session, Discretion discretion)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);
    private readonly PageReader reader = new(session);

    /// <summary>Where the page is, without the query: a form sent by GET has the receptor's data in it.</summary>
    public string Url => Uri.TryCreate(session.Page.Url, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Path) : "";

    /// <summary>Null when the page cannot be drawn now.</summary>
    public Task<byte[]?> PictureAsync() => session.PictureAsync(discretion.Secrets, live: true);

    /// <summary>The page, and what on it the input would meet.</summary>
    /// <exception cref="TimeoutException">The page does not answer, or is gone.</exception>
    public Task<(Snapshot Page, string? Pointed)> LookAsync(PersonInput input) => AnsweredAsync(async () =>
    {
        var page = await reader.ReadAsync();
        return (page, input is { Kind: PersonInput.Click, X: { } x, Y: { } y } ? await reader.AtAsync(x, y) : input.Kind == PersonInput.Scroll ? null : await reader.FocusedAsync());
    });

    /// <summary>Done, and waited for what the page makes of it.</summary>
    /// <inheritdoc cref="LookAsync" path="/exception"/>
    public Task DoAsync(PersonInput input) => AnsweredAsync(async () =>
    {
        var page = session.Page;
        await (input.Kind switch
        {
            PersonInput.Click => page.Mouse.ClickAsync(input.X!.Value, input.Y!.Value),
            PersonInput.Text => page.Keyboard.TypeAsync(input.Value!, new() { Delay = 5 }),
            PersonInput.Press => page.Keyboard.PressAsync(input.Key!),
            _ => ScrollAsync(page, input),
        }).WaitAsync(Limit);
        await new Hands(session, reader).SettleAsync(Rest);
        return true;
    });

    /// <summary>A password of the person's own is as secret as a stored one, also when the page shows it as text later.</summary>
    /// <inheritdoc cref="LookAsync" path="/exception"/>
    public Task HideAsync(string pointed) => AnsweredAsync(async () =>
    {
        await (await reader.FindAsync(pointed) is { } element ? element.EvaluateAsync("e => e.setAttribute('data-secreto', '')").WaitAsync(Limit) : Task.CompletedTask);
        return true;
    });

    /// <summary>Learns the passwords that stand on the page, for the portal may repeat them.</summary>
    public async Task LearnSecretsAsync()
    {
        try
        {
            foreach (var frame in session.Page.Frames)
            {
                var typed = await frame.EvaluateAsync<string[]>("() => [...document.querySelectorAll('input[type=password], input[data-secreto]')].map(e => e.value)").WaitAsync(Limit);
                Array.ForEach(typed, discretion.Learn);
            }
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            // Gone with the page.
        }
    }

    private static async Task<T> AnsweredAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (PlaywrightException e)
        {
            throw new TimeoutException("The page is gone.", e);
        }
    }

    private static async Task ScrollAsync(IPage page, PersonInput input)
    {
        await page.Mouse.MoveAsync(input.X ?? 640, input.Y ?? 450);
        await page.Mouse.WheelAsync(0, input.DeltaY!.Value);
    }
}

/// <param name="Value">What is typed; never told.</param>
/// <param name="By">Who does it.</param>
public sealed record PersonInput(string Kind, int? X, int? Y, string? Value, string? Key, int? DeltaY, string By)
{
    public const string Click = "click";
    public const string Text = "text";
    public const string Press = "key";
    public const string Scroll = "scroll";

    /// <summary>Never the value.</summary>
    public override string ToString() => $"{nameof(PersonInput)} {Kind}";
}
