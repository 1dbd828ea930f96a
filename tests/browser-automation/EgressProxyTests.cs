using System.Net;
using System.Net.Sockets;
using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

public sealed class EgressProxyTests
{
    [TestCase("http://169.254.169.254/latest/meta-data")]
    [TestCase("http://10.0.0.1/")]
    [TestCase("http://localhost/")]
    [TestCase("http://localhost:5432/")]
    [TestCase("http://[::1]:8080/")]
    public async Task A_forbidden_address_is_not_dialled(string url)
    {
        using var answer = await AskAsync(allowLoopback: true, url);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Loopback_is_forbidden_unless_the_local_run_allows_it()
    {
        await using var stand = await JobsStandIn.StartAsync();

        using var refused = await AskAsync(allowLoopback: false, $"{stand.Address}/internal/tenants/acme/fiscal-profile");
        using var answered = await AskAsync(allowLoopback: true, $"{stand.Address}/internal/tenants/acme/fiscal-profile");

        Assert.That((refused.StatusCode, answered.StatusCode), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.OK)));
    }

    [Test]
    public async Task An_answer_that_never_came_is_told_as_such()
    {
        using var portal = new TcpListener(IPAddress.Loopback, 0);
        portal.Start();
        var hangsUp = Task.Run(async () =>
        {
            using var visitor = await portal.AcceptTcpClientAsync();
            await visitor.GetStream().ReadAtLeastAsync(new byte[16], 16);
        });

        using var answer = await AskAsync(allowLoopback: true, $"http://127.0.0.1:{((IPEndPoint)portal.LocalEndpoint).Port}/factura");
        await hangsUp;

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
    }

    private static async Task<HttpResponseMessage> AskAsync(bool allowLoopback, string url)
    {
        await using var proxy = new EgressProxy(new Egress(allowLoopback));
        using var client = new HttpClient(new HttpClientHandler { Proxy = new WebProxy(proxy.Address), UseProxy = true });
        return await client.GetAsync(new Uri(url));
    }
}
