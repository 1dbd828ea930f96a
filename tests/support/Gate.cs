using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Invoicing.TestSupport;

/// <summary>
/// A door to a server: passes bytes on while open. Shut, it cuts what was connected and refuses what comes, as a server that restarts does for
/// its clients.
/// </summary>
public sealed class Gate : IDisposable
{
    private readonly string host;
    private readonly int behind;
    private readonly ConcurrentDictionary<TcpClient, bool> connected = new();
    private TcpListener? door;
    private volatile int frozen;
    private int born;

    public Gate(string host, int port)
    {
        (this.host, behind) = (host, port);
        Open();
    }

    /// <summary>On 127.0.0.1.</summary>
    public int Port { get; } = Ports.Free();

    public void Open()
    {
        door = new TcpListener(IPAddress.Loopback, Port);
        door.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        door.Start();
        _ = AcceptAsync(door);
    }

    public void Shut()
    {
        door?.Stop();
        foreach (var client in connected.Keys)
        {
            // Null when it has just gone by itself.
            client.Client?.Close(0);
        }
    }

    /// <summary>What is connected stays so, and nothing passes there any more; new connections are served. So does a router that forgets.</summary>
    public void Freeze() => frozen = born;

    public void Dispose() => Shut();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Shut.
        }
    }

    private async Task PassAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            try
            {
                connected[near] = true;
                await far.ConnectAsync(host, behind);
                connected[far] = true;
                var number = Interlocked.Increment(ref born);
                await Task.WhenAny(PumpAsync(near.GetStream(), far.GetStream(), number), PumpAsync(far.GetStream(), near.GetStream(), number));
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Cut.
            }
            finally
            {
                connected.TryRemove(near, out _);
                connected.TryRemove(far, out _);
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, int number)
    {
        var bytes = new byte[16_384];
        while (await from.ReadAsync(bytes) is > 0 and var count)
        {
            if (number > frozen)
            {
                await to.WriteAsync(bytes.AsMemory(0, count));
            }
        }
    }
}
