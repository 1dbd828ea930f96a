using System.Collections.Concurrent;
using Invoicing.BrowserAutomation.Engine;
using Microsoft.Playwright;

namespace Invoicing.BrowserAutomation.Browser;

/// <summary>One attempt's browser context: its windows, native dialogs, traffic and files.</summary>
public sealed class PortalSession : IAsyncDisposable
{
    private const int MaxWindows = 6;
    private const int MaxNativeDialogs = 25;
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);
    private readonly IBrowserContext context;
    private readonly List<IPage> pages = [];
    private readonly Lock gate = new();
    private readonly ConcurrentQueue<string> native = new();
    private int nativeSeen;
    private volatile bool broken;

    private PortalSession(IBrowserContext context)
    {
        this.context = context;
        Activity = new PageActivity(context);
        Inbox = new Inbox(context);
        context.Page += (_, page) => Adopt(page);
        context.Close += (_, _) => broken = true;
    }

    public PageActivity Activity { get; }

    public Inbox Inbox { get; }

    /// <summary>Decides a native dialog (type, text); the page stands still meanwhile.</summary>
    public Func<string, string, Task<bool>> OnDialog { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>The window the flow is in: the newest that shows a page, not a file.</summary>
    public IPage Page
    {
        get { lock (gate) { return pages.LastOrDefault(p => !p.IsClosed && !IsViewer(p)) ?? pages[0]; } }
    }

    /// <summary>Windows that show a file.</summary>
    public IReadOnlyList<IPage> Viewers
    {
        get { lock (gate) { return [.. pages.Where(p => !p.IsClosed && IsViewer(p))]; } }
    }

    /// <summary>The windows beside this one.</summary>
    public IReadOnlyList<IPage> Others(IPage page)
    {
        lock (gate)
        {
            return [.. pages.Where(p => !p.IsClosed && p != page)];
        }
    }

    /// <param name="state">A sign-in to go on with, null for none.</param>
    public static async Task<PortalSession> OpenAsync(Chromium chromium, string? state = null)
    {
        using var span = Telemetry.Source.StartActivity("browser.open");
        var context = await chromium.OpenAsync(state);
        var session = new PortalSession(context);
        await context.AddInitScriptAsync(Script.Load("watch"));
        await context.AddInitScriptAsync("delete window.RTCPeerConnection; delete window.webkitRTCPeerConnection;");
        await context.NewPageAsync();
        return session;
    }

    /// <summary>Null when the page answered; otherwise what went wrong. An HTTP error is an answer: see the snapshot.</summary>
    public async Task<string?> GoAsync(string url)
    {
        using var span = Telemetry.Source.StartActivity("browser.go");
        Activity.Forget();
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return "Sólo se visitan direcciones http o https.";
        }

        try
        {
            await Page.GotoAsync(url, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            return null;
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            return e.Message.Split('\n')[0];
        }
    }

    /// <exception cref="PlaywrightException">A page of it crashed, or the browser is gone: nothing more will come of this attempt.</exception>
    public void Demand()
    {
        if (broken)
        {
            throw new PlaywrightException("The page or its browser crashed.");
        }
    }

    /// <summary>Texts of native dialogs since the last call.</summary>
    public IReadOnlyList<string> TakeNative()
    {
        var texts = new List<string>();
        while (native.TryDequeue(out var text))
        {
            texts.Add(text);
        }

        return texts;
    }

    /// <summary>JPEG of what is on show with passwords and captcha answers masked, in every frame; null when the page cannot be drawn.</summary>
    /// <param name="secrets">Masked also where the page repeats them as text.</param>
    /// <param name="live">For the person who types the captcha's answer: it is not masked.</param>
    public async Task<byte[]?> PictureAsync(IReadOnlyList<string> secrets, bool live = false)
    {
        using var span = Telemetry.Source.StartActivity("browser.picture");
        try
        {
            var page = Page;
            var hidden = "input[type=password], [data-secreto]" + (live ? "" : ", input[name*=captcha i], input[id*=captcha i]");
            // Masking costs several looks into every frame and touches the page: only where there is something to mask.
            var masks = secrets.Count > 0 || await HasAsync(page, hidden);
            return await page.ScreenshotAsync(new()
            {
                Type = ScreenshotType.Jpeg, Quality = 45, Timeout = 3000, Caret = masks ? ScreenshotCaret.Hide : ScreenshotCaret.Initial,
                Mask = masks ? [.. page.Frames.SelectMany(frame => secrets.Select(s => frame.GetByText(s)).Prepend(frame.Locator(hidden)))] : null,
            });
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            return null;
        }
    }

    // A frame that does not answer may hold anything.
    private static async Task<bool> HasAsync(IPage page, string selector) =>
        (await Task.WhenAll(page.Frames.Select(frame => Hands.Guarded(() => frame.Locator(selector).CountAsync().WaitAsync(Glance), 1)))).Any(count => count > 0);

    /// <summary>Cookies and stores, to go on with later; null when the browser is gone.</summary>
    public async Task<string?> StateAsync()
    {
        try
        {
            return await context.StorageStateAsync().WaitAsync(TimeSpan.FromSeconds(5));
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await context.CloseAsync().WaitAsync(TimeSpan.FromSeconds(5));
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            // The browser is gone already, or so stuck that only its restart helps.
        }
    }

    private void Adopt(IPage page)
    {
        lock (gate)
        {
            if (pages.Count(p => !p.IsClosed) >= MaxWindows)
            {
                _ = page.CloseAsync();
                return;
            }

            pages.Add(page);
        }

        page.Crash += (_, _) => broken = true;
        page.Dialog += (_, dialog) => _ = AnswerAsync(dialog);
    }

    private async Task AnswerAsync(IDialog dialog)
    {
        try
        {
            if (Interlocked.Increment(ref nativeSeen) > MaxNativeDialogs)
            {
                await dialog.Page!.CloseAsync();
                return;
            }

            native.Enqueue(dialog.Message);
            await (await OnDialog(dialog.Type, dialog.Message) ? dialog.AcceptAsync() : dialog.DismissAsync());
        }
        catch (PlaywrightException)
        {
            // The page closed under its dialog.
        }
    }

    private static bool IsViewer(IPage page) =>
        page.Url.StartsWith("blob:", StringComparison.Ordinal) || page.Url.StartsWith("data:", StringComparison.Ordinal)
        || (Uri.TryCreate(page.Url, UriKind.Absolute, out var uri) && (uri.AbsolutePath.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase) || uri.AbsolutePath.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)));
}
