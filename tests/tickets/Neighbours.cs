using System.Collections.Concurrent;
using Invoicing.Messages;
using Invoicing.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Invoicing.Tickets.Tests;

/// <summary>Stand-ins for tenant-config, jobs and a media server, on a free port of this machine.</summary>
public sealed class Neighbours : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> receptors = new();
    private readonly ConcurrentDictionary<string, TenantSettings> settings = new();
    private readonly ConcurrentDictionary<string, (byte[] Bytes, string Type)> media = new();
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> mailboxes = new();
    private readonly ConcurrentDictionary<(string, string), string> keys = new();
    private readonly WebApplication app;

    private Neighbours(WebApplication app) => this.app = app;

    public string Address => app.Urls.Single();

    public CloudStandIn Cloud { get; } = new();

    public static async Task<Neighbours> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var app = builder.Build();
        var neighbours = new Neighbours(app);
        app.MapGet("/internal/tenants/{company}", (string company) => Results.Json(neighbours.settings.GetValueOrDefault(company, Default(company)), Json.Options));
        app.MapGet("/internal/tenants/{company}/fiscal-profile", neighbours.Profile);
        app.MapGet("/internal/tickets/{id}/automation", (long id) => Results.Json(new
        {
            job = new { id = id * 2 }, jobs = new[] { new { id = id * 2, estado = "pendiente" } },
            steps = new[] { new { step_number = 1, llm_reasoning = "porque sí" } }, summary = new { total_steps = 1 },
        }));
        app.MapPost("/internal/tickets/automation", () => Results.Text("{}", "application/json"));
        app.MapGet("/internal/service-secrets/mailbox", () => Results.Json(neighbours.mailboxes.Keys.Select(c => new KnownMailbox(c, DateTimeOffset.UnixEpoch)), Json.Options));
        app.MapGet("/internal/tenants/{company}/service-secrets/mailbox", (string company) => Results.Json(new { values = neighbours.mailboxes[company] }));
        app.MapGet("/internal/tenants/{company}/service-secrets/{name}", (string company, string name) => neighbours.keys.TryGetValue((company, name), out var key) ? Results.Json(new { values = new { key } }) : Results.NotFound());
        neighbours.Cloud.Map(app);
        app.MapGet("/media/{name}", (string name) => neighbours.media.TryGetValue(name, out var file) ? Results.Bytes(file.Bytes, file.Type) : Results.NotFound());
        await app.StartAsync();
        return neighbours;
    }

    /// <summary>The tenant's invoices are for this RFC.</summary>
    public void HasReceptor(string company, string rfc) => receptors[company] = rfc;

    /// <summary>The tenant's mail is on this server.</summary>
    public void HasMailbox(string company, ImapStandIn imap, string? password = null) =>
        mailboxes[company] = new() { ["host"] = ImapStandIn.Host, ["port"] = $"{imap.Port}", ["username"] = ImapStandIn.User, ["password"] = password ?? imap.Password };

    /// <summary>The tenant's key for a service outside.</summary>
    public void HasKey(string company, string service, string key) => keys[(company, service)] = key;

    public void Has(TenantSettings tenant) => settings[tenant.CompanyId] = tenant;

    public string Serves(byte[] bytes, string type)
    {
        var name = Guid.NewGuid().ToString("N");
        media[name] = (bytes, type);
        return $"{Address}/media/{name}";
    }

    public static TenantSettings Default(string company) =>
        new(company, 3, 100, 1000, null, 300, 1, "wait", new Dictionary<string, FeatureState>());

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private IResult Profile(string company, long? id) => id is null or 1 && receptors.TryGetValue(company, out var rfc)
        ? Results.Json(new FiscalProfileFacts(1, company, rfc, "EMPRESA", "86991", "601", "G03", "x@example.com"), Json.Options)
        : Results.NotFound();
}
