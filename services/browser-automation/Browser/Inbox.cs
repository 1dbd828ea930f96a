using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Invoicing.BrowserAutomation.Browser;

/// <param name="Name">As the portal names it; not to be trusted.</param>
public sealed record ReceivedFile(string Name, byte[] Bytes);

/// <summary>Files in whatever way a portal hands them out: download, attachment, viewer in a tab or frame, blob, base64 inside an answer.</summary>
public sealed partial class Inbox
{
    private static readonly TimeSpan DownloadLimit = TimeSpan.FromSeconds(60);
    private readonly Lock gate = new();
    private readonly List<ReceivedFile> files = [];
    private int arriving;

    public Inbox(IBrowserContext context)
    {
        context.Page += (_, page) => page.Download += (_, download) => _ = TakeAsync(download);
        context.Response += (_, response) => _ = LookAsync(response);
    }

    /// <summary>Answers are searched for files only where files are expected.</summary>
    public bool Open { get; set; }

    public bool Arriving => Volatile.Read(ref arriving) > 0;

    public int Count
    {
        get { lock (gate) { return files.Count; } }
    }

    public IReadOnlyList<ReceivedFile> TakeAll()
    {
        lock (gate)
        {
            var taken = files.ToList();
            files.Clear();
            return taken;
        }
    }

    /// <summary>Fetched by the page itself, with its cookies: blob: and data: addresses, frames, viewers.</summary>
    public async Task FetchAsync(IFrame frame, string url)
    {
        const string script = """
            async url => {
              const answer = await fetch(url, { credentials: 'include' });
              if (!answer.ok) return null;
              const bytes = new Uint8Array(await answer.arrayBuffer());
              if (bytes.length > 10485760) return null;
              let text = '';
              for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
              return btoa(text);
            }
            """;
        try
        {
            if (await frame.EvaluateAsync<string?>(script, url).WaitAsync(DownloadLimit) is { Length: > 0 } text)
            {
                Add(NameOf(url), Convert.FromBase64String(text));
            }
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException or FormatException)
        {
            // Another origin, a revoked blob: the file is not to be had this way.
        }
    }

    private async Task TakeAsync(IDownload download)
    {
        Interlocked.Increment(ref arriving);
        try
        {
            using var limit = new CancellationTokenSource(DownloadLimit);
            var path = await download.PathAsync().WaitAsync(limit.Token);
            if (path is not null && new FileInfo(path) is { Exists: true, Length: <= Engine.Delivery.MaxBytes })
            {
                Add(download.SuggestedFilename, await File.ReadAllBytesAsync(path, limit.Token));
            }

            await download.DeleteAsync();
        }
        catch (Exception e) when (e is PlaywrightException or OperationCanceledException or IOException)
        {
            await CancelAsync(download);
        }
        finally
        {
            Interlocked.Decrement(ref arriving);
        }
    }

    private static async Task CancelAsync(IDownload download)
    {
        try
        {
            await download.CancelAsync();
        }
        catch (PlaywrightException)
        {
            // Its page is gone, and the download with it.
        }
    }

    private async Task LookAsync(IResponse response)
    {
        if (!Open || response.Status != 200)
        {
            return;
        }

        try
        {
            var type = response.Headers.GetValueOrDefault("content-type", "").ToLowerInvariant();
            var size = long.TryParse(response.Headers.GetValueOrDefault("content-length"), out var length) ? length : 0;
            var json = type.Contains("json", StringComparison.Ordinal) && response.Request.ResourceType is "xhr" or "fetch";
            if (size > Engine.Delivery.MaxBytes || !(json || FileType().IsMatch(type)))
            {
                return;
            }

            var body = await response.BodyAsync();
            if (json)
            {
                Base64Files(System.Text.Encoding.UTF8.GetString(body));
            }
            else if (response.Request.ResourceType is not ("xhr" or "fetch") || !type.Contains("xml", StringComparison.Ordinal) || body.AsSpan().IndexOf("Comprobante"u8) >= 0)
            {
                // What a page fetches as XML for itself (a piece of the page, a list) is no file.
                Add(NameOf(response.Url), body);
            }
        }
        catch (PlaywrightException)
        {
            // It became a download, which has its own event, or its page is gone.
        }
    }

    private void Base64Files(string json)
    {
        foreach (var value in Encoded().Matches(json).Select(m => m.Groups[1].Value.Replace("\\/", "/", StringComparison.Ordinal)).Take(6))
        {
            var bytes = new byte[value.Length];
            if (Convert.TryFromBase64String(value, bytes, out var n))
            {
                Add("archivo", bytes[..n]);
            }
        }
    }

    private void Add(string name, byte[] bytes)
    {
        lock (gate)
        {
            if (files.Count < 40 && bytes.Length > 0)
            {
                files.Add(new ReceivedFile(name, bytes));
            }
        }
    }

    private static string NameOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? Uri.UnescapeDataString(uri.Segments[^1]).Trim('/') : "archivo";

    [GeneratedRegex(@"application/(pdf|xml|zip|x-zip|octet-stream|force-download|download)|text/xml")]
    private static partial Regex FileType();

    // <?xml, <cfdi, %PDF, PK in base64.
    [GeneratedRegex("\"((?:PD94bW|PGNmZG|JVBERi|UEsDB)[A-Za-z0-9+/=\\\\]{200,})\"")]
    private static partial Regex Encoded();
}
