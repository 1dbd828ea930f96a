using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Invoicing.Messages;
using Invoicing.Portals;
using Microsoft.AspNetCore.Builder;

namespace Invoicing.BrowserAutomation.Tests.Bench;

/// <summary>A ticket of the simulated merchants, as reading would hand it on.</summary>
public sealed record SoldTicket(string Id, string Folio, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<string> Urls);

/// <summary>The simulated portals on free ports, and their control door.</summary>
public sealed partial class PortalTown : IAsyncDisposable
{
    /// <summary>Names of the portals' books → canonical names, where they differ.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["venta"] = "id_venta", ["tienda"] = "sucursal", ["mercanorte:folio"] = "tc", ["liebana:folio"] = "codigo_facturacion", ["altiplano:folio"] = "codigo_facturacion",
        ["cochera:folio"] = "codigo_facturacion", ["galaxia:folio"] = "codigo_facturacion", ["mesa-chica:folio"] = "codigo_facturacion",
    };
    private readonly WebApplication app;
    private readonly HttpClient control;
    private TimeSpan offset;

    private PortalTown(WebApplication app, int port)
    {
        this.app = app;
        control = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public static async Task<PortalTown> StartAsync()
    {
        var p = Enumerable.Range(0, 5 + PortMap.ArchetypeKeys.Count).Select(_ => TestSupport.Ports.Free()).ToArray();
        var data = Path.Combine(AppContext.BaseDirectory, "portals-data");
        string[] args =
        [
            $"--Portals:Ports:Simple={p[0]}", $"--Portals:Ports:OxxoTest={p[1]}", $"--Portals:Ports:LitroMilFirst={p[2]}", $"--Portals:Ports:LitroMil={p[3]}",
            $"--Portals:Ports:Control={p[4]}", "--Portals:Seed=0", $"--Portals:Data={data}", "--Portals:Pace=0.02", "--Logging:LogLevel:Default=Warning",
            .. Enumerable.Range(1, PortMap.ArchetypeKeys.Count).Select(n => $"--Portals:Ports:P{n}={p[4 + n]}"),
        ];
        var app = PortalsApp.Build(args);
        await app.StartAsync();
        return new PortalTown(app, p[4]);
    }

    public async Task<SoldTicket> SellAsync(string portal, DateTimeOffset? purchasedAt = null)
    {
        using var answer = await control.PostAsJsonAsync("/_control/tickets", new { portal, purchased_at = purchasedAt });
        answer.EnsureSuccessStatusCode();
        var ticket = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        var fields = ticket["fields"]!.AsObject().ToDictionary(f => Names.GetValueOrDefault($"{portal}:{f.Key}", Names.GetValueOrDefault(f.Key, f.Key)), f => f.Value!.GetValue<string>());
        fields["fecha"] = DateOnly.ParseExact(fields["fecha"], "dd/MM/yyyy", CultureInfo.InvariantCulture).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        fields["forma_pago"] = ticket["forma_pago"]!.GetValue<string>();
        fields["rfc_emisor"] = ticket["rfc_emisor"]!.GetValue<string>();
        return new SoldTicket(ticket["id"]!.GetValue<string>(), ticket["fields"]!["folio"]!.GetValue<string>(), fields, Addresses(ticket["text"]!.GetValue<string>(), [.. ticket["urls"]!.AsArray().Select(u => u!.GetValue<string>())]));
    }

    // As printed, with path and brand; surveys are not where one invoices.
    private static List<string> Addresses(string text, List<string> hosts)
    {
        var printed = Printed().Matches(text).Select(m => m.Value).Where(u => !u.Contains("encuesta", StringComparison.OrdinalIgnoreCase)).Distinct().ToList();
        return [.. printed, .. hosts.Where(h => !printed.Exists(p => p.StartsWith(h, StringComparison.Ordinal)))];
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Printed();

    /// <summary>The portals' now: never in the first days of a month nor at night, when some of them are closed.</summary>
    public async Task OpeningHoursAsync()
    {
        var now = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(-6));
        await ShiftAsync(TimeSpan.FromSeconds((now.Day <= 3 ? -4 * 86400 : 0) - (now.Hour < 3 ? 6 * 3600 : 0)));
    }

    /// <summary>The portals' now: eight in the morning of a day that is over, in the middle of a month, so that time can pass without reaching tomorrow.</summary>
    public Task PastAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var local = now.ToOffset(TimeSpan.FromHours(-6));
        var morning = new DateTimeOffset(local.Date.AddHours(8), TimeSpan.FromHours(-6)).AddDays(local.Day <= 3 ? -5 : local.Hour < 14 ? -1 : 0);
        return ShiftAsync(morning - now);
    }

    /// <summary>Lets the portals' time pass.</summary>
    public Task LaterAsync(TimeSpan span) => ShiftAsync(offset + span);

    /// <summary>By the portals' clock.</summary>
    public DateTimeOffset Now => TimeProvider.System.GetUtcNow() + offset;

    private async Task ShiftAsync(TimeSpan by)
    {
        offset = by;
        using var answer = await control.PostAsJsonAsync("/_control/clock", new { offset_seconds = offset.TotalSeconds });
        answer.EnsureSuccessStatusCode();
    }

    public async Task FaultAsync(string portal, string kind, string? ticket = null, string? step = null, int? times = null, string? value = null)
    {
        using var answer = await control.PostAsJsonAsync("/_control/faults", new { portal, kind, ticket, step, times, value });
        answer.EnsureSuccessStatusCode();
    }

    public async Task NoFaultsAsync(string? portal = null)
    {
        using var answer = await control.DeleteAsync(portal is null ? "/_control/faults" : $"/_control/faults?portal={portal}");
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Somebody invoiced it before.</summary>
    public async Task InvoiceBeforeAsync(SoldTicket ticket, string rfc)
    {
        using var answer = await control.PostAsJsonAsync($"/_control/tickets/{ticket.Id}/invoice", new { rfc });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Emissions asked for on the pages, as the portal's own books have them.</summary>
    public async Task<IReadOnlyList<JsonElement>> EmissionsAsync(SoldTicket ticket) =>
        [.. (await control.GetFromJsonAsync<List<JsonElement>>($"/_truth/emissions?ticket={ticket.Id}"))!];

    /// <summary>How often something was sent that a page holds out as a trap: a donation, a form of another errand.</summary>
    public async Task<int> SprungAsync(string portal) =>
        (await control.GetFromJsonAsync<List<JsonElement>>($"/_truth/requests?portal={portal}&step=decoy"))!.Count(r => r.GetProperty("method").GetString() == "POST");

    /// <summary>Letters that have reached this address by the portals' clock, as message/rfc822.</summary>
    public async Task<IReadOnlyList<byte[]>> LettersAsync(string to)
    {
        var letters = await control.GetFromJsonAsync<List<JsonElement>>($"/_truth/mail?to={Uri.EscapeDataString(to)}");
        return await Task.WhenAll(letters!.Where(l => l.GetProperty("arrived").GetBoolean()).Select(l => control.GetByteArrayAsync(l.GetProperty("eml").GetString())));
    }

    /// <summary>Answers the captcha as a person who reads well would.</summary>
    public async Task<AnswerIntervention?> SolveAsync(InterventionAsked asked, string portal)
    {
        if (asked.Kind != "captcha")
        {
            return null;
        }

        return new AnswerIntervention(asked.InterventionId, asked.JobId, asked.Attempt, "answer", await CaptchaAsync(portal));
    }

    /// <summary>What the portal's last picture shows.</summary>
    public async Task<string> CaptchaAsync(string portal) => (await control.GetFromJsonAsync<JsonNode>($"/_truth/captcha?portal={portal}"))!["answer"]!.GetValue<string>();

    public async ValueTask DisposeAsync()
    {
        control.Dispose();
        await app.DisposeAsync();
    }
}
