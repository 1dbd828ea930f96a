using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Invoicing.TestSupport;

/// <summary>Ports for servers that start later: outside the range from which the kernel takes them for outgoing connections.</summary>
public static class Ports
{
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A port nobody listens on, given out once in this process.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            if (Given.TryAdd(port, true) && Unused(port))
            {
                return port;
            }
        }
    }

    private static bool Unused(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
