using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Invoicing.Fiscal;
using Microsoft.AspNetCore.Builder;
using MimeKit;

namespace Invoicing.Portals.Tests;

/// <summary>The portals running in this process on free ports, and the control port to set the stage.</summary>
internal sealed class Town : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _control;
    private readonly Dictionary<string, int> _ports;

    private Town(WebApplication app, Dictionary<string, int> ports)
    {
        _app = app;
        _ports = ports;
        _control = new() { BaseAddress = new($"http://127.0.0.1:{ports["Control"]}") };
    }

    public static async Task<Town> Open(string data)
    {
        var ports = new[] { "Simple", "OxxoTest", "LitroMil", "Control" }.Concat(Enumerable.Range(1, PortMap.ArchetypeKeys.Count).Select(n => $"P{n}")).ToDictionary(name => name, _ => Invoicing.TestSupport.Ports.Free());
        var app = PortalsApp.Build([.. ports.Select(port => $"--Portals:Ports:{port.Key}={port.Value}"), $"--Portals:Data={data}", "--Portals:Seed=2", "--Portals:Pace=0"]);
        await app.StartAsync();
        return new(app, ports);
    }

    public Visitor Visit(string portal) => new(new($"http://127.0.0.1:{_ports[portal]}"));

    public async Task<JsonElement> Sell(string portal, object? fields = null, DateTimeOffset? purchasedAt = null, decimal? total = null, string? formaPago = null) =>
        await Read(await _control.PostAsJsonAsync("/_control/tickets", new { portal, fields, purchased_at = purchasedAt, total, forma_pago = formaPago }));

    public async Task Break(string portal, string kind, int? times = null, string? value = null, string? step = null, string? ticket = null) =>
        await Read(await _control.PostAsJsonAsync("/_control/faults", new { portal, kind, times, value, step, ticket }));

    public async Task Clock(TimeSpan offset) =>
        await Read(await _control.PostAsJsonAsync("/_control/clock", new { offset_seconds = offset.TotalSeconds }));

    /// <summary>Noon in Mexico, on the 15th: no month ends and no night falls while a test runs.</summary>
    public async Task MidMonth()
    {
        var today = TimeProvider.System.GetUtcNow();
        await Read(await _control.PostAsJsonAsync("/_control/clock", new { now = new DateTimeOffset(today.Year, today.Month, 15, 18, 0, 0, TimeSpan.Zero) }));
    }

    /// <summary>What the portals' clock says.</summary>
    public async Task<DateTimeOffset> Now() => (await Truth("/_control/clock")).GetProperty("now").GetDateTimeOffset();

    /// <summary>The portals' clock goes on by this much.</summary>
    public async Task Later(TimeSpan span)
    {
        var offset = (await Truth("/_control/clock")).GetProperty("offset_seconds").GetDouble();
        await Clock(TimeSpan.FromSeconds(offset) + span);
    }

    /// <summary>Fails unless the product's own verification accepts the XML for this ticket and Kemper.</summary>
    public async Task Verify(byte[] xml, JsonElement ticket)
    {
        using var pac = X509Certificate2.CreateFromPem(await Text("/_control/pac-certificate"));
        var pacs = new Dictionary<string, X509Certificate2> { [SatCertificate.Serial(pac)!] = pac };
        var verified = CfdiVerifier.Verify(Cfdi.Parse(xml), await Now(), pacs, new()
        {
            ReceptorRfc = "EKU9003173C9", ReceptorCodigoPostal = "42501", ReceptorRegimen = "601", UsoCfdi = "G03", Total = ticket.GetProperty("total").GetDecimal(),
        });
        Assert.That(verified.Checks.Where(check => check.Status != CheckStatus.Valid), Is.Empty);
    }

    /// <summary>The letters to an address, also those on their way.</summary>
    public async Task<IReadOnlyList<JsonElement>> Mail(string to = "facturas@kemper.test") => [.. (await Truth($"/_truth/mail?to={to}")).EnumerateArray()];

    /// <summary>A letter that arrived, opened.</summary>
    public async Task<MimeMessage> Read(string eml) => await MimeMessage.LoadAsync(new MemoryStream(await Bytes(eml)));

    /// <summary>The picture at this address, read as the person would.</summary>
    public async Task<string> Answer(Visitor visitor, string picture)
    {
        var shown = Convert.ToHexStringLower(SHA256.HashData(await visitor.Bytes(picture)));
        return (await Truth($"/_truth/captcha?sha256={shown}")).GetProperty("answer").GetString()!;
    }

    public async Task<HttpStatusCode> StatusOf(string path)
    {
        using var answer = await _control.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    /// <summary>Asks SAT's service about a printed expression; its answer as XML.</summary>
    public async Task<string> AskSat(string expression)
    {
        var body = new XElement(XName.Get("Consulta", "http://tempuri.org/"), new XElement(XName.Get("expresionImpresa", "http://tempuri.org/"), expression));
        using var content = new StringContent($"<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{body}</s:Body></s:Envelope>", Encoding.UTF8, "text/xml");
        content.Headers.Add("SOAPAction", "http://tempuri.org/IConsultaCFDIService/Consulta");
        using var answer = await _control.PostAsync(new Uri("/ConsultaCFDIService.svc", UriKind.Relative), content);
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task Reset() => (await _control.PostAsync(new Uri("/_control/reset", UriKind.Relative), null)).EnsureSuccessStatusCode();

    public Task<JsonElement> Post(string path, object body) => Send(path, body);

    public Task<JsonElement> Truth(string path) => _control.GetFromJsonAsync<JsonElement>(path);

    public Task<string> Text(string path) => _control.GetStringAsync(new Uri(path, UriKind.Relative));

    public Task<byte[]> Bytes(string path) => _control.GetByteArrayAsync(new Uri(path, UriKind.Relative));

    /// <summary>The CFDI of a ticket, as ground truth has them.</summary>
    public async Task<IReadOnlyList<JsonElement>> Emissions(JsonElement ticket) =>
        [.. (await Truth($"/_truth/emissions?ticket={ticket.GetProperty("id").GetString()}")).EnumerateArray()];

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<JsonElement> Send(string path, object body) => await Read(await _control.PostAsJsonAsync(path, body));

    private static async Task<JsonElement> Read(HttpResponseMessage answer)
    {
        using (answer)
        {
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
    }
}
