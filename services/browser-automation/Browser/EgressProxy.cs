using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Invoicing.BrowserAutomation.Browser;

/// <summary>
/// The only way out for the browser: a proxy on loopback that resolves each host itself, refuses the addresses <see cref="Egress"/> forbids, and
/// connects to the address it judged. Redirects, frames, sub-resources and web sockets all pass here, and a name that changes its address
/// between check and use gains nothing. A connection that brings too much is cut: no page fills the disk.
/// </summary>
public sealed class EgressProxy : IAsyncDisposable
{
    private const int MaxHeader = 64 * 1024;
    private const long MaxBytes = 100 << 20;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    // Its token is read by connections that end after the proxy: never disposed, nothing hangs on it.
    private readonly CancellationTokenSource closing = new();
    private readonly Egress egress;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;
    private readonly long maxBytes;
    private readonly Task accepting;

    /// <param name="resolve">Names → addresses; the system's resolver when null.</param>
    /// <param name="maxBytes">What one connection may bring.</param>
    public EgressProxy(Egress egress, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null, long maxBytes = MaxBytes)
    {
        this.egress = egress;
        this.resolve = resolve ?? Dns.GetHostAddressesAsync;
        this.maxBytes = maxBytes;
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(closing.Token);
                _ = ServeAsync(client);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await ProxiedRequest.ReadAsync(stream, MaxHeader, closing.Token) is { } request)
                {
                    await ForwardAsync(stream, request);
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The page or the portal hung up; the browser sees the connection end.
            }
        }
    }

    private async Task ForwardAsync(NetworkStream client, ProxiedRequest request)
    {
        if (await ResolveAsync(request) is not { } address)
        {
            await client.WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), closing.Token);
            return;
        }

        using var server = new TcpClient(address.AddressFamily) { NoDelay = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
        limit.CancelAfter(ConnectLimit);
        await server.ConnectAsync(address, request.Port, limit.Token);
        var stream = server.GetStream();
        if (request.IsTunnel)
        {
            await client.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), closing.Token);
        }
        else
        {
            await stream.WriteAsync(request.ForOrigin, closing.Token);
        }

        using var done = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
        var up = client.CopyToAsync(stream, done.Token);
        var down = AnswerAsync(stream, client, request.IsTunnel, done.Token);
        await Task.WhenAny(up, down);
        if (up.IsCompletedSuccessfully && !down.IsCompleted)
        {
            server.Client.Shutdown(SocketShutdown.Send);
            await down;
        }

        await done.CancelAsync();
    }

    // Chromium repeats a request, a POST too, when a connection it had in store ends without a word. A lost answer is told as one, so that nothing is sent twice.
    private async Task AnswerAsync(NetworkStream origin, NetworkStream client, bool tunnel, CancellationToken ct)
    {
        long brought = 0;
        try
        {
            var buffer = new byte[32768];
            for (int n; (n = await origin.ReadAsync(buffer, ct)) > 0 && brought <= maxBytes;)
            {
                brought += n;
                await client.WriteAsync(buffer.AsMemory(0, n), ct);
            }
        }
        catch (IOException) when (brought == 0)
        {
            // Reset by the portal: the same as a silent end.
        }

        if (brought == 0 && !tunnel)
        {
            await client.WriteAsync("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), ct);
        }
    }

    private async Task<IPAddress?> ResolveAsync(ProxiedRequest request)
    {
        if (egress.Refuse($"http://{request.Host}:{request.Port}/") is not null)
        {
            return null;
        }

        try
        {
            var addresses = await resolve(request.Host.Trim('[', ']'), closing.Token);
            return addresses.All(a => egress.Allows(a, request.Port)) ? addresses.OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).FirstOrDefault() : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}

/// <summary>The head of one request to the proxy.</summary>
internal sealed record ProxiedRequest(string Host, int Port, bool IsTunnel, byte[] ForOrigin)
{
    internal static async Task<ProxiedRequest?> ReadAsync(NetworkStream stream, int max, CancellationToken ct)
    {
        var buffer = new byte[max];
        var length = 0;
        while (length < max)
        {
            var n = await stream.ReadAsync(buffer.AsMemory(length), ct);
            if (n == 0)
            {
                return null;
            }

            length += n;
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                return Parse(Encoding.Latin1.GetString(buffer, 0, end), buffer[(end + 4)..length]);
            }
        }

        return null;
    }

    // One request a connection towards the origin: nothing is reused, so a lost answer is never repeated behind our back.
    private static ProxiedRequest? Parse(string head, byte[] body)
    {
        var lines = head.Split("\r\n");
        var parts = lines[0].Split(' ');
        if (parts.Length != 3)
        {
            return null;
        }

        if (parts[0] == "CONNECT")
        {
            var colon = parts[1].LastIndexOf(':');
            return colon > 0 && int.TryParse(parts[1][(colon + 1)..], out var port) ? new(parts[1][..colon], port, true, []) : null;
        }

        if (!Uri.TryCreate(parts[1], UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp)
        {
            return null;
        }

        var headers = lines.Skip(1).Where(l => !l.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase) && !l.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase));
        var path = parts[1][(parts[1].IndexOf(uri.Authority, StringComparison.OrdinalIgnoreCase) + uri.Authority.Length)..];
        var origin = $"{parts[0]} {(path.StartsWith('/') ? path : "/" + path)} {parts[2]}\r\n{string.Join("\r\n", headers)}\r\nConnection: close\r\n\r\n";
        return new(uri.Host, uri.Port, false, [.. Encoding.Latin1.GetBytes(origin), .. body]);
    }
}
