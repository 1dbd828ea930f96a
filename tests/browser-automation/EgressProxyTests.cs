using System.Net;
using System.Net.Sockets;
using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Tests.Bench;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

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

    [Test]
    public async Task A_name_is_resolved_once_and_what_was_judged_is_dialled()
    {
        await using var stand = await JobsStandIn.StartAsync();
        var asked = 0;
        await using var proxy = new EgressProxy(new Egress(allowLoopback: true), (_, _) => Task.FromResult(Interlocked.Increment(ref asked) == 1 ? new[] { IPAddress.Loopback } : [IPAddress.Parse("10.0.0.1")]));
        var url = $"http://portal.example.com:{new Uri(stand.Address).Port}/internal/tenants/acme/fiscal-profile";

        using var first = await AskAsync(proxy, url);
        using var rebound = await AskAsync(proxy, url);

        Assert.That((first.StatusCode, rebound.StatusCode, asked), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Forbidden, 2)));
    }

    [Test]
    public async Task A_name_with_one_address_inside_is_refused_whole()
    {
        await using var proxy = new EgressProxy(new Egress(allowLoopback: false), (_, _) => Task.FromResult(new[] { IPAddress.Parse("93.184.216.34"), IPAddress.Parse("10.0.0.1") }));

        using var answer = await AskAsync(proxy, "http://portal.example.com/");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task A_download_without_end_is_cut()
    {
        const int most = 1 << 20;
        await using var stage = await Stage.OpenAsync(app => app.MapGet("/", async (HttpContext http) =>
        {
            var piece = new byte[65536];
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(piece, http.RequestAborted);
            }
        }));
        await using var proxy = new EgressProxy(new Egress(allowLoopback: true), maxBytes: most);
        using var client = Through(proxy);
        await using var answer = await client.GetStreamAsync(new Uri(stage.Address));
        long read = 0;
        try
        {
            var buffer = new byte[65536];
            for (int n; (n = await answer.ReadAsync(buffer)) > 0;)
            {
                read += n;
            }
        }
        catch (Exception e) when (e is HttpIOException or IOException)
        {
            // Cut in the middle of a piece.
        }

        Assert.That(read, Is.LessThanOrEqualTo(most + 65536).And.GreaterThan(0));
    }

    private static HttpClient Through(EgressProxy proxy) => new(new HttpClientHandler { Proxy = new WebProxy(proxy.Address), UseProxy = true });

    private static async Task<HttpResponseMessage> AskAsync(EgressProxy proxy, string url)
    {
        using var client = Through(proxy);
        return await client.GetAsync(new Uri(url));
    }

    private static async Task<HttpResponseMessage> AskAsync(bool allowLoopback, string url)
    {
        await using var proxy = new EgressProxy(new Egress(allowLoopback));
        return await AskAsync(proxy, url);
    }
}
