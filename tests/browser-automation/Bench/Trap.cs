using System.Net;
using System.Net.Sockets;

namespace Invoicing.BrowserAutomation.Tests.Bench;

/// <summary>A place inside the network that could be dialled and must not be: TCP and UDP of one port on 127.0.0.2.</summary>
internal sealed class Trap : IAsyncDisposable
{
    private readonly TcpListener tcp = new(IPAddress.Parse("127.0.0.2"), 0);
    private readonly UdpClient udp;
    private readonly CancellationTokenSource closing = new();
    private readonly Task hearing;
    private int sprung;

    internal Trap()
    {
        tcp.Start();
        udp = new UdpClient(new IPEndPoint(IPAddress.Parse("127.0.0.2"), Port));
        hearing = Task.WhenAll(HearAsync(async () => (await tcp.AcceptTcpClientAsync(closing.Token)).Dispose()), HearAsync(async () => await udp.ReceiveAsync(closing.Token)));
    }

    internal int Port => ((IPEndPoint)tcp.LocalEndpoint).Port;

    internal string Place => $"127.0.0.2:{Port}";

    /// <summary>Connections and datagrams that arrived.</summary>
    internal int Sprung => Volatile.Read(ref sprung);

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await hearing;
        tcp.Dispose();
        udp.Dispose();
        closing.Dispose();
    }

    private async Task HearAsync(Func<Task> arrival)
    {
        try
        {
            while (true)
            {
                await arrival();
                Interlocked.Increment(ref sprung);
            }
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
    }
}
