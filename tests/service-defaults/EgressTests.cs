using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Invoicing.ServiceDefaults.Tests;

public sealed class EgressTests
{
    private static readonly string[] Hostile =
    [
        "http://127.0.0.1/", "http://127.1:8201/", "http://0/", "http://0.0.0.0:8201/", "http://2130706433:8201/", "http://0x7f000001:8201/", "http://017700000001:8201/",
        "http://%31%32%37.0.0.1:8201/", "http://１２７.0.0.1:8201/", "http://127。0。0。1:8201/", "http://[::1]:8201/", "http://[::ffff:127.0.0.1]:8201/",
        "http://[::ffff:a9fe:a9fe]/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/", "http://198.18.0.1/", "http://224.0.0.1/", "http://255.255.255.255/", "http://10.1.2.3/", "http://172.16.0.9/", "http://192.168.1.1/",
        "http://localhost.:8201/", "http://ok@127.0.0.1:8201/", "https://user:pw@portal.example.com/", "http:\\\\127.0.0.1:8201", "http://portal.example.com\t/", "http://localhost/",
        "http://localhost:5432/", "http://127.0.0.1:22/", "https://portal.example.com:5672/", "file:///etc/passwd", "gopher://x/", "ftp://portal.example.com/", "data:text/html,x",
        "javascript:alert(1)", "view-source:http://portal.example.com", "chrome://crash", "blob:http://portal.example.com/x", "http://intranet/", "http://portal.local/",
        "http://metadata.google.internal/", "http://x.localhost:8201/", "", "no es una url", "//portal.example.com/x",
    ];

    [TestCaseSource(nameof(Hostile))]
    public void A_hostile_address_is_refused_even_where_loopback_is_allowed(string address) =>
        Assert.That(new Egress(allowLoopback: true).Refuse(address), Is.Not.Null);

    [TestCase("https://portal.example.com/facturar?x=1@2")]
    [TestCase("http://portal.example.com:8088/facturar.aspx")]
    [TestCase("https://www4.oxxo.com:9443/facturacionElectronica-web/views/layout/inicio.do")]
    [TestCase("https://8.8.8.8/")]
    public void A_public_address_is_accepted(string address) => Assert.That(new Egress(allowLoopback: false).Refuse(address), Is.Null);

    [TestCase("http://localhost:8201/")]
    [TestCase("http://127.0.0.1:8204/facturar")]
    public void Loopback_with_a_port_is_accepted_in_the_local_run_only(string address)
    {
        Assert.That(new Egress(allowLoopback: true).Refuse(address), Is.Null);
        Assert.That(new Egress(allowLoopback: false).Refuse(address), Is.Not.Null);
    }

    [Test]
    public void A_webhook_must_be_https_unless_it_is_the_local_run_s_loopback()
    {
        Assert.That(new Egress(true).Refuse("http://hooks.example.com/x", httpsOnly: true), Is.Not.Null);
        Assert.That(new Egress(true).Refuse("https://hooks.example.com/x", httpsOnly: true), Is.Null);
        Assert.That(new Egress(true).Refuse("http://127.0.0.1:9911/x", httpsOnly: true), Is.Null);
    }

    [TestCase("127.0.0.1", 8201, false, ExpectedResult = false)]
    [TestCase("127.0.0.1", 8201, true, ExpectedResult = true)]
    [TestCase("127.0.0.1", 5432, true, ExpectedResult = false)]
    [TestCase("::ffff:10.0.0.1", 443, true, ExpectedResult = false)]
    [TestCase("fd00::1", 443, true, ExpectedResult = false)]
    [TestCase("93.184.216.34", 443, false, ExpectedResult = true)]
    public bool Connections_are_judged_by_their_resolved_address(string ip, int port, bool allowLoopback) =>
        new Egress(allowLoopback).Allows(IPAddress.Parse(ip), port);

    /// <summary>A certificate may name an address from which its issuer's is to be had; asking there would go past the wall.</summary>
    [Test]
    public async Task A_server_s_certificate_sends_us_nowhere()
    {
        using var elsewhere = new TcpListener(IPAddress.Loopback, 0);
        elsewhere.Start();
        var asked = elsewhere.AcceptTcpClientAsync();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var certificate = IssuedByWhoIsAt($"http://127.0.0.1:{((IPEndPoint)elsewhere.LocalEndpoint).Port}/issuer.cer");
        var served = ServeTlsAsync(server, certificate);
        using var client = new HttpClient(new Egress(allowLoopback: true).Handler());

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync($"https://localhost:{((IPEndPoint)server.LocalEndpoint).Port}/"));
        Assert.That(refused!.HttpRequestError, Is.EqualTo(HttpRequestError.SecureConnectionError));
        await served;
        Assert.That(asked.IsCompleted, Is.False);
    }

    private static async Task ServeTlsAsync(TcpListener server, X509Certificate2 certificate)
    {
        using var client = await server.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());
        try
        {
            // Offline: a server would ask for its issuer's certificate too.
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true) });
            await tls.ReadExactlyAsync(new byte[1]);
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // It was refused.
        }
    }

    private static X509Certificate2 IssuedByWhoIsAt(string address)
    {
        using var issuer = new CertificateRequest("CN=issuer", ECDsa.Create(), HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue.AddYears(-1));
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [address]));
        using var issued = request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuer.GetECDsaPrivateKey()!), DateTimeOffset.UnixEpoch, issuer.NotAfter, [1]);
        return issued.CopyWithPrivateKey(key);
    }
}
