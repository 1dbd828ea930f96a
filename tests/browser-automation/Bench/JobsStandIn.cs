using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Invoicing.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Invoicing.BrowserAutomation.Tests.Bench;

/// <summary>jobs and tenant-config as the worker meets them: grants leases, notes emissions, knows one fiscal profile.</summary>
public sealed class JobsStandIn : IAsyncDisposable
{
    private readonly WebApplication app;

    private JobsStandIn(WebApplication app) => this.app = app;

    public static FiscalProfileFacts Company { get; } =
        new(1, "acme", "EKU9003173C9", "ESCUELA KEMPER URGATE", "42501", "601", "G03", "facturas@acme.example");

    public string Address => app.Urls.First();

    /// <summary>job/attempt of each recorded emission, in order.</summary>
    public ConcurrentQueue<string> Emissions { get; } = new();

    public ConcurrentQueue<string> Returned { get; } = new();

    public ConcurrentDictionary<string, JsonNode> Workers { get; } = new();

    public FiscalProfileFacts? Profile { get; set; } = Company;

    /// <summary>By company, for those that are not the usual one.</summary>
    public ConcurrentDictionary<string, FiscalProfileFacts> Profiles { get; } = new();

    public PortalCredentials? Credentials { get; set; }

    /// <summary>Keys of outside services, by name.</summary>
    public ConcurrentDictionary<string, string> ServiceKeys { get; } = new();

    /// <summary>By host, what was learned last; handed out while <see cref="OffersRecipes"/>.</summary>
    public ConcurrentDictionary<string, StoredRecipe> Recipes { get; } = new();

    public ConcurrentQueue<RecipeUse> RecipeUses { get; } = new();

    public bool OffersRecipes { get; set; } = true;

    public bool GrantLeases { get; set; } = true;

    public int EmissionStatus { get; set; } = 200;

    public static async Task<JobsStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var stand = new JobsStandIn(app);
        app.MapPost("/internal/workers/{worker}", (string worker, JsonNode body) => { stand.Workers[worker] = body; return Results.Ok(new { }); });
        app.MapPost("/internal/jobs/{job}/attempts/{attempt}/lease", () => stand.GrantLeases ? Until() : Results.Conflict());
        app.MapPost("/internal/jobs/{job}/attempts/{attempt}/heartbeat", Until);
        app.MapPost("/internal/jobs/{job}/attempts/{attempt}/emission", (long job, int attempt) =>
        {
            stand.Emissions.Enqueue($"{job}/{attempt}");
            return Results.StatusCode(stand.EmissionStatus);
        });
        app.MapPost("/internal/jobs/{job}/attempts/{attempt}/return", (long job, int attempt) => { stand.Returned.Enqueue($"{job}/{attempt}"); return Results.Ok(new { }); });
        app.MapGet("/internal/portals/{host}/recipe", (string host) => stand.OffersRecipes && stand.Recipes.TryGetValue(host, out var recipe) ? Results.Text(JsonSerializer.Serialize(recipe, Json.Options), "application/json") : Results.NotFound());
        app.MapPost("/internal/portals/{host}/recipe/uses", async (string host, HttpRequest body) => stand.Took(host, (await JsonSerializer.DeserializeAsync<RecipeUse>(body.Body, Json.Options))!));
        app.MapGet("/internal/tenants/{company}/fiscal-profile", (string company) => (stand.Profiles.GetValueOrDefault(company) ?? stand.Profile) is { } p ? Results.Text(JsonSerializer.Serialize(p, Json.Options), "application/json") : Results.NotFound());
        app.MapGet("/internal/tenants/{company}/credentials/{merchant}", () => stand.Credentials is { } c ? Results.Text(JsonSerializer.Serialize(c, Json.Options), "application/json") : Results.NotFound());
        app.MapGet("/internal/tenants/{company}/service-secrets/{name}", (string name) => stand.ServiceKeys.TryGetValue(name, out var key) ? Results.Json(new { values = new { key } }) : Results.NotFound());
        await app.StartAsync();
        return stand;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Took(string host, RecipeUse use)
    {
        RecipeUses.Enqueue(use);
        if (use.Learned is { } learned)
        {
            Recipes[host] = new StoredRecipe((use.Version ?? 0) + 1, learned);
        }

        return Results.Ok();
    }

    private static IResult Until() => Results.Text($$"""{"lease_until":"{{TimeProvider.System.GetUtcNow().AddSeconds(45):O}}","cancel":false}""", "application/json");
}
