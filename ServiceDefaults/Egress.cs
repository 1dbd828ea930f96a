using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Invoicing;

/// <summary>
/// Where the system may go on behalf of a tenant (portals, webhooks, media). Judged when an address is submitted (no DNS then) and again
/// on the resolved IP when connecting. <c>Egress:AllowLoopback</c> (local run) admits localhost and 127.0.0.1 with an explicit port only.
/// </summary>
public sealed class Egress(bool allowLoopback)
{
    private static readonly int[] InfrastructurePorts = [22, 23, 25, 53, 110, 111, 135, 139, 143, 389, 445, 465, 587, 993, 995, 1433, 1521, 2049, 2375, 2376, 3306, 3389, 4369, 5432, 5671, 5672, 6379, 8500, 9200, 11211, 15672, 25672, 27017];
    private static readonly IPNetwork[] Forbidden =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Null when the address may be visited; otherwise a Spanish sentence saying why not.</summary>
    public string? Refuse(string? address, bool httpsOnly = false)
    {
        if (string.IsNullOrWhiteSpace(address) || address.Any(c => c is '\\' or '\t' or '\n' or '\r') || !Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            return "La dirección no es una URL válida.";
        }

        if (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
        {
            return "Solo se aceptan direcciones http o https.";
        }

        if (uri.UserInfo.Length > 0 || address.Contains('@', StringComparison.Ordinal) && address.IndexOf('@', StringComparison.Ordinal) < address.IndexOf(uri.AbsolutePath, 8, StringComparison.Ordinal))
        {
            return "La dirección no puede llevar usuario ni contraseña.";
        }

        var loopback = IsPlainLoopback(address, uri);
        if (loopback && allowLoopback && !uri.IsDefaultPort)
        {
            return InfrastructurePorts.Contains(uri.Port) ? "El puerto de la dirección no se permite." : null;
        }

        return RefuseHost(uri) ?? (InfrastructurePorts.Contains(uri.Port) ? "El puerto de la dirección no se permite." : httpsOnly && uri.Scheme != Uri.UriSchemeHttps ? "La dirección debe ser https." : null);
    }

    /// <summary>True when a connection to this resolved address is allowed.</summary>
    public bool Allows(IPAddress ip, int port)
    {
        var address = ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
        return (allowLoopback && IPAddress.IsLoopback(address) && port is not (80 or 443) && !InfrastructurePorts.Contains(port))
            || !Forbidden.Any(n => n.BaseAddress.AddressFamily == address.AddressFamily && n.Contains(address));
    }

    /// <summary>An HTTP handler that checks each connection's resolved address and follows no redirects.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        // Else a certificate chooses an address from which its issuer's is fetched, before anybody has judged it.
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck } },
        ConnectCallback = async (context, ct) =>
        {
            var ips = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
            var ip = ips.FirstOrDefault(i => Allows(i, context.DnsEndPoint.Port)) ?? throw new HttpRequestException($"Forbidden address {context.DnsEndPoint.Host}");
            var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(ip, context.DnsEndPoint.Port, ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    private static bool IsPlainLoopback(string address, Uri uri) =>
        uri.Host is "localhost" or "127.0.0.1" && address.Contains("://" + uri.Host, StringComparison.OrdinalIgnoreCase);

    private string? RefuseHost(Uri uri)
    {
        const string forbidden = "La dirección apunta a una red que no se permite.";
        var host = uri.IdnHost.TrimEnd('.').ToLowerInvariant();
        if (IPAddress.TryParse(host.Trim('[', ']'), out var ip))
        {
            return Allows(ip, uri.Port) && !IPAddress.IsLoopback(ip) ? null : forbidden;
        }

        return !host.Contains('.', StringComparison.Ordinal) || host.EndsWith(".local", StringComparison.Ordinal) || host.EndsWith(".internal", StringComparison.Ordinal)
            || host.EndsWith(".localhost", StringComparison.Ordinal) || host.Any(c => c is not ('.' or '-') && !char.IsAsciiLetterOrDigit(c)) ? forbidden : null;
    }
}
