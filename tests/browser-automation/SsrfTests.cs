using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Tests.Bench;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>Real Chromium behind the egress proxy: whatever a page tries, nothing inside the network is reached.</summary>
[TestFixture, NonParallelizable]
public sealed class SsrfTests
{
    private Chromium chromium;
    private Trap trap;

    [OneTimeSetUp]
    public void Open()
    {
        var settings = new BrowserSettings();
        settings.ExecutablePath = Environment.GetEnvironmentVariable("INVOICING_TEST_CHROMIUM") ?? settings.ExecutablePath;
        chromium = new Chromium(settings, new Egress(allowLoopback: true), NullLogger<Chromium>.Instance);
        trap = new Trap();
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await chromium.DisposeAsync();
        await trap.DisposeAsync();
    }

    [Test]
    public async Task The_trap_can_be_reached_by_who_goes_around_the_wall()
    {
        await using var other = new Trap();
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.2", other.Port);

        Assert.That(() => other.Sprung, Is.EqualTo(1).After(10).Seconds.PollEvery(50).MilliSeconds);
    }

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(303)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task A_redirect_into_the_network_ends_at_the_wall(int status)
    {
        await using var stage = await Stage.OpenAsync(app => app.MapGet("/", (HttpContext http) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = $"http://{trap.Place}/latest/meta-data";
        }));
        await using var session = await PortalSession.OpenAsync(chromium);

        await session.GoAsync(stage.Address);

        Assert.That(session.Activity.StatusOf(session.Page), Is.EqualTo(403));
        Assert.That(trap.Sprung, Is.Zero);
    }

    [TestCase("file:///etc/hostname")]
    [TestCase("data:text/html,<h1>Facturar</h1>")]
    [TestCase("javascript:document.title='x'")]
    [TestCase("view-source:http://127.0.0.1:8201/")]
    [TestCase("chrome://version")]
    [TestCase("ftp://127.0.0.1:8201/")]
    [TestCase("about:blank")]
    [TestCase("")]
    public async Task Only_web_addresses_are_visited(string address)
    {
        await using var session = await PortalSession.OpenAsync(chromium);

        Assert.That(await session.GoAsync(address), Is.Not.Null);
        Assert.That(session.Page.Url, Is.EqualTo("about:blank"));
    }

    [Test]
    public async Task A_page_s_own_ways_out_all_end_at_the_wall()
    {
        await using var stage = await Stage.OpenAsync(app =>
        {
            app.MapGet("/", () => Stage.Html(Ways.Replace("TRAP", trap.Place, StringComparison.Ordinal)));
            app.MapGet("/worker.js", () => Results.Text($"fetch('http://{trap.Place}/obrero').finally(() => postMessage('fin'))", "text/javascript"));
        });
        await using var session = await PortalSession.OpenAsync(chromium);

        await session.GoAsync(stage.Address);
        await session.Page.WaitForFunctionAsync("() => document.title === 'listo'", null, new() { Timeout = 60000 });

        Assert.That(await session.Page.EvaluateAsync<string>("() => window.leido"), Is.Empty, "a local file was read");
        Assert.That(trap.Sprung, Is.Zero);
    }

    [TestCase("location.href = 'http://TRAP/'")]
    [TestCase("location.href = 'file:///etc/hostname'")]
    [TestCase("location.href = 'data:text/html,<p>localhost</p>'")]
    [TestCase("document.head.innerHTML = '<meta http-equiv=refresh content=\"0;url=http://TRAP/\">'")]
    [TestCase("window.open('http://TRAP/')")]
    [TestCase("window.open('file:///etc/hostname')")]
    [TestCase("document.body.innerHTML = '<form method=post action=http://TRAP/><input name=a></form>'; document.forms[0].submit()")]
    public async Task A_page_that_goes_elsewhere_does_not_arrive(string script)
    {
        await using var stage = await Stage.OpenAsync(app => app.MapGet("/", () => Stage.Html("<p>Facturación</p>")));
        await using var session = await PortalSession.OpenAsync(chromium);
        await session.GoAsync(stage.Address);
        var reader = new PageReader(session);

        await session.Page.EvaluateAsync($"() => {{ setTimeout(() => {{ {script.Replace("TRAP", trap.Place, StringComparison.Ordinal)} }}, 0); }}");
        await new Hands(session, reader).SettleAsync(TimeSpan.FromSeconds(5));
        var page = await reader.ReadAsync();

        Assert.That(trap.Sprung, Is.Zero);
        Assert.That(page.Lines, Has.None.EqualTo(File.ReadAllText("/etc/hostname").Trim()));
        Assert.That(page.Url, Does.Not.StartWith("file:").And.Not.StartWith("data:"));
    }

    private const string Ways = """
        <iframe src="http://TRAP/marco"></iframe><iframe src="file:///etc/hostname"></iframe><img src="http://TRAP/imagen"><link rel=stylesheet href="http://TRAP/estilo">
        <link rel=preconnect href="http://TRAP"><link rel=dns-prefetch href="http://TRAP"><link rel=prefetch href="http://TRAP/antes"><object data="http://TRAP/objeto"></object>
        <embed src="file:///etc/hostname"><video src="http://TRAP/video"></video><script src="http://TRAP/guion"></script>
        <script>
          window.leido = '';
          const leer = async u => { try { window.leido += await (await fetch(u)).text(); } catch { } };
          const espera = (crea, ...sucesos) => new Promise(fin => { try { const o = crea(); sucesos.forEach(s => o.addEventListener(s, () => { o.close?.(); fin(); })); } catch { fin(); } });
          const pedir = (metodo, u) => new Promise(fin => { const x = new XMLHttpRequest(); x.open(metodo, u); x.onloadend = fin; try { x.send('a=1'); } catch { fin(); } });
          const llamar = async ventana => {
            const Clase = ventana.RTCPeerConnection ?? ventana.webkitRTCPeerConnection;
            if (!Clase) return;
            const c = new Clase({ iceServers: [{ urls: 'stun:TRAP' }, { urls: 'turn:TRAP?transport=tcp', username: 'a', credential: 'b' }] });
            c.createDataChannel('x');
            const junta = new Promise(fin => { c.onicegatheringstatechange = () => c.iceGatheringState === 'complete' && fin(); });
            await c.setLocalDescription(await c.createOffer());
            await Promise.race([junta, new Promise(fin => setTimeout(fin, 10000))]);
            c.close();
          };
          const vacio = document.body.appendChild(document.createElement('iframe'));
          addEventListener('load', async () => {
            navigator.sendBeacon('http://TRAP/faro', 'x');
            await Promise.all([
              leer('http://TRAP/dato'), leer('file:///etc/hostname'), leer('http://[::1]:8201/'), leer('http://169.254.169.254/'), leer('http://localhost:5432/'), pedir('POST', 'http://TRAP/correo'),
              espera(() => new WebSocket('ws://TRAP/hilo'), 'close', 'error'), espera(() => new EventSource('http://TRAP/flujo'), 'error'), espera(() => new Worker('/worker.js'), 'message', 'error'),
              navigator.serviceWorker?.register('/worker.js').catch(() => { }), llamar(window), llamar(vacio.contentWindow),
            ]);
            document.title = 'listo';
          });
        </script>
        """;
}
