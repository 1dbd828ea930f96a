using System.Diagnostics;
using Microsoft.Playwright;

namespace Invoicing.BrowserAutomation.Browser;

/// <summary>Settings of the section <c>Browser</c>.</summary>
public sealed class BrowserSettings
{
    /// <summary>Chromium's headless shell: the same engine without the windows of a desktop, at about a fifth of the processor time per ticket.</summary>
    public string ExecutablePath { get; set; } = "/usr/bin/chromium-headless-shell";

    /// <summary>Attempts at a time.</summary>
    public int Slots { get; set; } = 2;

    /// <summary>Pages kept open for people beyond the slots.</summary>
    public int MaxWaiting { get; set; } = 8;

    /// <summary>Where jobs calls this process, when that is not the address its own calls come from and the port it listens on.</summary>
    public string? Address { get; set; }

    /// <summary>Contexts after which the browser is started afresh.</summary>
    public int ContextsPerBrowser { get; set; } = 50;

    /// <summary>Chromium's own sandbox; needs an unprivileged user.</summary>
    public bool Sandbox { get; set; }
}

/// <summary>One Chromium for the process, a fresh context for each attempt; started when health is first asked or a ticket comes, again after a crash or many contexts.</summary>
public sealed class Chromium(BrowserSettings settings, Egress egress, ILogger<Chromium> log) : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--disable-gpu", "--disable-quic", "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--dns-prefetch-disable", "--disable-breakpad", "--disable-print-preview",
    ];

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly EgressProxy proxy = new(egress);
    private IPlaywright? playwright;
    private IBrowser? browser;
    private int opened;
    private int open;

    /// <param name="state">Cookies and stores of an earlier context, null for none.</param>
    /// <exception cref="PlaywrightException">Chromium does not start.</exception>
    public async Task<IBrowserContext> OpenAsync(string? state = null)
    {
        await gate.WaitAsync();
        try
        {
            if (browser is not { IsConnected: true } || (opened >= settings.ContextsPerBrowser && open == 0))
            {
                await RestartAsync();
            }

            var context = await NewContextAsync(state);
            opened++;
            Interlocked.Increment(ref open);
            context.Close += (_, _) => Interlocked.Decrement(ref open);
            context.SetDefaultTimeout(8000);
            context.SetDefaultNavigationTimeout(30000);
            return context;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Draws an empty page as attempts do, in a browser that is started if none runs.</summary>
    /// <exception cref="PlaywrightException">Chromium does not start, or draws nothing.</exception>
    public async Task ProbeAsync(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (browser is not { IsConnected: true })
            {
                await RestartAsync();
            }

            // A browser that hangs must not keep the gate.
            await DrawAsync(browser!).WaitAsync(ct);
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
        await proxy.DisposeAsync();
        gate.Dispose();
    }

    // A browser that died, or had to be killed, while it was asked: nothing was begun in it.
    private async Task<IBrowserContext> NewContextAsync(string? state)
    {
        var options = new BrowserNewContextOptions
        {
            Locale = "es-MX", TimezoneId = "America/Mexico_City", AcceptDownloads = true, ServiceWorkers = ServiceWorkerPolicy.Block, Permissions = [],
            ViewportSize = new() { Width = 1280, Height = 900 }, IgnoreHTTPSErrors = false, StorageState = state,
        };
        try
        {
            return await browser!.NewContextAsync(options);
        }
        catch (PlaywrightException) when (!browser!.IsConnected)
        {
            await RestartAsync();
            return await browser.NewContextAsync(options);
        }
    }

    private static async Task DrawAsync(IBrowser browser)
    {
        await using var context = await browser.NewContextAsync();
        await (await context.NewPageAsync()).EvaluateAsync("document.body.offsetWidth");
    }

    private async Task RestartAsync()
    {
        playwright ??= await Playwright.CreateAsync();
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        var mark = $"--invoicing-browser={Guid.NewGuid():N}";
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = settings.ExecutablePath, Headless = true, Args = [.. Arguments, mark], ChromiumSandbox = settings.Sandbox,
            Proxy = new() { Server = proxy.Address, Bypass = "<-loopback>" },
        });
        opened = 0;
        open = 0;
        _ = WatchAsync(browser, mark);
        log.LogInformation("Chromium {Version} started", browser.Version);
    }

    // One that hangs stays connected for ever: it is killed, and its attempts end as those of a browser that crashed.
    private async Task WatchAsync(IBrowser watched, string mark)
    {
        try
        {
            var session = await watched.NewBrowserCDPSessionAsync().WaitAsync(Patience);
            while (watched.IsConnected)
            {
                await Task.Delay(Beat);
                await session.SendAsync("Browser.getVersion").WaitAsync(Patience);
            }
        }
        catch (TimeoutException)
        {
            log.LogError("Chromium has not answered for {Patience}; it is killed", Patience);
            Kill(mark);
        }
        catch (PlaywrightException)
        {
            // It ended by itself.
        }
    }

    // Playwright does not tell its browser's process: it is known by its command line.
    private static void Kill(string mark)
    {
        foreach (var process in Process.GetProcesses())
        {
            using var disposed = process;
            try
            {
                if (File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(mark, StringComparison.Ordinal))
                {
                    process.Kill(entireProcessTree: true);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // It had ended by itself, or is another user's.
            }
        }
    }
}
