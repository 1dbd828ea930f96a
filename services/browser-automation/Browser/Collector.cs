using Invoicing.BrowserAutomation.Engine;
using Microsoft.Playwright;

namespace Invoicing.BrowserAutomation.Browser;

/// <summary>Presses what gives files and waits until they are here.</summary>
public sealed class Collector(PortalSession session, PageReader reader, Hands hands)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    // A page that changed and asked for nothing more has answered with something else than a file.
    private static readonly TimeSpan Answered = TimeSpan.FromSeconds(1.2);

    public async Task CollectAsync(Move.CollectFiles move, Snapshot page)
    {
        session.Inbox.Open = true;
        foreach (var control in move.Controls)
        {
            await TakeAsync(control);
        }

        if (move.Controls.Count == 0)
        {
            foreach (var embed in page.Embeds)
            {
                await session.Inbox.FetchAsync(session.Page.MainFrame, embed);
            }
        }
    }

    private async Task TakeAsync(Control control)
    {
        var before = session.Inbox.Count;
        var window = session.Page;
        var frame = reader.FrameOf(control.Handle);
        if (control.Href.StartsWith("blob:", StringComparison.Ordinal) || control.Href.StartsWith("data:", StringComparison.Ordinal))
        {
            await session.Inbox.FetchAsync(frame, control.Href);
            return;
        }

        var address = window.Url;
        var face = await hands.FaceAsync();
        await hands.DoAsync(new Move.Press(control, "collect", false, ""));
        var start = TimeProvider.System.GetTimestamp();
        while (session.Inbox.Count == before && TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(120);
            await FromViewersAsync(window, frame, address);
            if (session.Activity.Pending == 0 && !session.Inbox.Arriving && (session.Activity.Error is not null || (session.Activity.SilentFor > Answered && await hands.FaceAsync() != face)))
            {
                break;
            }
        }

        await BackToAsync(window, address);
        // A tab opened for a document that went its own way stays blank for ever.
        foreach (var blank in session.Others(window).Where(p => p.Url is "about:blank" or ""))
        {
            await CloseAsync(blank);
        }
    }

    // A tab that shows the document: its bytes are fetched by the page that opened it.
    private async Task FromViewersAsync(IPage window, IFrame frame, string address)
    {
        var opened = session.Page == window ? null : session.Page;
        foreach (var page in session.Viewers.Concat(opened is null ? [] : [opened]).Distinct())
        {
            if (page.Url is "about:blank" or "")
            {
                continue;
            }

            await session.Inbox.FetchAsync(frame, page.Url);
            await CloseAsync(page);
        }
    }

    private static async Task BackToAsync(IPage window, string address)
    {
        if (!window.IsClosed && window.Url != address)
        {
            try
            {
                await window.GoBackAsync(new() { WaitUntil = WaitUntilState.DOMContentLoaded, Timeout = 8000 });
            }
            catch (Exception e) when (e is PlaywrightException or TimeoutException)
            {
                // No way back: the next look decides with what is on show.
            }
        }
    }

    private static async Task CloseAsync(IPage page)
    {
        try
        {
            await page.CloseAsync();
        }
        catch (PlaywrightException)
        {
            // Closed by the portal itself.
        }
    }
}
