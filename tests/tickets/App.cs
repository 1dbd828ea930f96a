using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Tickets.Tests;

/// <summary>The tickets service, a seat at its bus, and stand-ins for the two services it asks. Tests keep apart by tenant.</summary>
[SetUpFixture]
public sealed class App
{
    private string authorities = "";

    public static TestService<Ticket> Service { get; private set; } = null!;
    public static TestBus Bus { get; private set; } = null!;
    public static Neighbours Neighbours { get; private set; } = null!;

    /// <summary>The installation's own, which vouches for its mail server.</summary>
    public static TestAuthority Authority { get; private set; } = null!;

    public static Artefacts Artefacts => (Artefacts)Service.Services.GetService(typeof(Artefacts))!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Neighbours = await Neighbours.StartAsync();
        Authority = new TestAuthority();
        authorities = Path.GetTempFileName();
        await File.WriteAllTextAsync(authorities, Authority.Pem);
        Bus = await TestBus.StartAsync((endpoint, bus) =>
        {
            TestBus.Hear<TicketSubmitted>(endpoint, bus);
            TestBus.Hear<TicketRead>(endpoint, bus);
            TestBus.Hear<TicketChanged>(endpoint, bus);
            TestBus.Hear<CfdiAccepted>(endpoint, bus);
            TestBus.Hear<CfdiRefused>(endpoint, bus);
            TestBus.Hear<TicketsForgotten>(endpoint, bus);
        });
        Service = await TestService<Ticket>.StartAsync("tickets", "tickets", new()
        {
            ["services:jobs:http:0"] = Neighbours.Address,
            ["services:tenant-config:http:0"] = Neighbours.Address,
            ["Mailboxes:Every"] = "00:00:00.500",
            ["Mailboxes:CertificateAuthorities"] = authorities,
        }, bus: Bus);
        using var root = Service.AsPlatformAdmin();
        using var pac = new ByteArrayContent(Fiscal.Tests.TestCertificate.Pac.Certificate.RawData);
        (await root.PostAsync("/invoicing/v2/admin/pac-certificates", pac)).EnsureSuccessStatusCode();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Service.DisposeAsync();
        await Bus.DisposeAsync();
        await Neighbours.DisposeAsync();
        Authority.Dispose();
        File.Delete(authorities);
    }

    public static string NewTenant() => $"empresa_{Guid.NewGuid():N}";
}

/// <summary>Answers as JSON, whatever their status.</summary>
internal static class Answers
{
    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    public static async Task<JsonNode> GetJsonAsync(this HttpClient http, string path) => await (await http.GetAsync(path)).EnsureSuccessStatusCode().JsonAsync();

    public static async Task<JsonNode> PostOkAsync(this HttpClient http, string path, object body) =>
        await (await http.PostAsJsonAsync(path, body)).EnsureSuccessStatusCode().JsonAsync();

    /// <summary>A text ticket of the tenant; its id.</summary>
    public static async Task<long> SubmitTextAsync(this HttpClient http, string text)
    {
        using var form = new FormUrlEncodedContent([new("text_content", text)]);
        var answer = await (await http.PostAsync("/invoicing/tickets", form)).EnsureSuccessStatusCode().JsonAsync();
        return (long)answer["id"]!;
    }

    public static Task<HttpResponseMessage> SubmitFileAsync(this HttpClient http, byte[] bytes, string name, string? type, string path = "/invoicing/tickets", params (string, string)[] fields)
    {
        var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(bytes);
        if (type is not null)
        {
            file.Headers.ContentType = new(type);
        }

        form.Add(file, "file", name);
        foreach (var (field, value) in fields)
        {
            form.Add(new StringContent(value), field);
        }

        return http.PostAsync(path, form);
    }

    /// <summary>Waits until the ticket shows this; the ticket.</summary>
    public static async Task<JsonNode> UntilAsync(this HttpClient http, long id, Func<JsonNode, bool> shows)
    {
        JsonNode? ticket = null;
        await Eventually.TrueAsync(async () => shows(ticket = await http.GetJsonAsync($"/invoicing/v2/tickets/{id}")), $"ticket {id}");
        return ticket!;
    }
}
