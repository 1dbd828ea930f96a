using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Invoicing.BrowserAutomation.Browser;

/// <summary>What goes on between the page and its servers: what is unanswered, what broke, how the document on show was answered.</summary>
public sealed class PageActivity
{
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StaleInFrame = TimeSpan.FromSeconds(6);
    private readonly ConcurrentDictionary<IRequest, (long Since, TimeSpan Limit)> pending = new();
    private readonly ConcurrentDictionary<IPage, int> statuses = new();
    private long last;

    public PageActivity(IBrowserContext context)
    {
        context.Request += (_, request) => Started(request);
        context.RequestFinished += (_, request) => Ended(request);
        context.RequestFailed += (_, request) => Failed(request);
        context.Response += (_, response) => Answered(response);
        // Some portals talk over a socket alone.
        context.Page += (_, page) => page.WebSocket += (_, socket) =>
        {
            socket.FrameSent += (_, _) => Heard();
            socket.FrameReceived += (_, _) => Heard();
        };
    }

    /// <summary>Since <see cref="Forget"/>; null when nothing broke.</summary>
    public string? Error { get; private set; }

    public int PageLoads { get; private set; }

    /// <summary>Documents and data the page has asked for so far.</summary>
    public int Asked { get; private set; }

    public int Pending => pending.Count(p => TimeProvider.System.GetElapsedTime(p.Value.Since) < p.Value.Limit);

    /// <summary>Since the last document or datum was asked for or came.</summary>
    public TimeSpan SilentFor => TimeProvider.System.GetElapsedTime(Interlocked.Read(ref last));

    public int StatusOf(IPage page) => statuses.GetValueOrDefault(page);

    public void Forget() => Error = null;

    private void Started(IRequest request)
    {
        if (request.ResourceType is "document" or "xhr" or "fetch")
        {
            Asked++;
            Heard();
            // A document shown in a frame of the page may never be said to have ended: a viewer took it over.
            pending[request] = (TimeProvider.System.GetTimestamp(), IsInFrame(request) ? StaleInFrame : Stale);
        }
    }

    private void Heard() => Interlocked.Exchange(ref last, TimeProvider.System.GetTimestamp());

    private bool Ended(IRequest request)
    {
        if (!pending.TryRemove(request, out _))
        {
            return false;
        }

        Heard();
        return true;
    }

    // A navigation that turns into a download ends as aborted: that is no failure.
    private void Failed(IRequest request)
    {
        if (Ended(request) && !IsInFrame(request) && request.Failure is { } failure && !failure.Contains("ERR_ABORTED", StringComparison.Ordinal))
        {
            Error = failure;
        }
    }

    private static bool IsInFrame(IRequest request)
    {
        try
        {
            return request.ResourceType == "document" && request.Frame.ParentFrame is not null;
        }
        catch (PlaywrightException)
        {
            return false;
        }
    }

    private void Answered(IResponse response)
    {
        try
        {
            if (response.Request.IsNavigationRequest && response.Frame.ParentFrame is null && response.Status is < 300 or >= 400)
            {
                statuses[response.Frame.Page] = response.Status;
                PageLoads++;
            }
            else if (response.Status is >= 502 and <= 504 && response.Request.ResourceType is "xhr" or "fetch")
            {
                Error = $"http {response.Status}";
            }
        }
        catch (PlaywrightException)
        {
            // The frame went away with its page.
        }
    }
}
