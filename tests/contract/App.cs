using System.Text.Json.Nodes;
using Invoicing.TestSupport;

namespace Invoicing.Contract.Tests;

/// <summary>
/// The system as real processes (but for browsers: no job runs by itself here). <c>gateway</c> is set as a local run, <c>gateway-2</c> as a
/// deployment. Two tenants: everything happens at <see cref="Company"/>, <see cref="Other"/> must never see it.
/// </summary>
[SetUpFixture]
public sealed class App
{
    public const string Company = "acme";
    public const string Other = "other";

    public static LocalSystem Local { get; private set; } = null!;

    /// <summary>No credential, where none is needed.</summary>
    public static Api Anonymous { get; private set; } = null!;

    /// <summary>No credential, where one is.</summary>
    public static Api Nobody { get; private set; } = null!;

    public static Api Viewer { get; private set; } = null!;

    public static Api Operator { get; private set; } = null!;

    public static Api Admin { get; private set; } = null!;

    public static Api OtherAdmin { get; private set; } = null!;

    public static Api Platform { get; private set; } = null!;

    /// <summary>An admin of a tenant of one test's own.</summary>
    public static async Task<(string Company, Api Admin)> NewTenantAsync()
    {
        var company = $"t{Guid.NewGuid():N}"[..16];
        (await Platform.PutAsync($"/invoicing/v2/tenants/{company}", new { })).Is(200);
        return (company, await WithKeyAsync(company, "admin"));
    }

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Local = await LocalSystem.StartAsync(new SystemPlan
        {
            Services = ["gateway", "gateway-2", "tickets", "tickets-reader", "jobs", "billing-metrics", "tenant-config"],
            More = (service, environment) =>
            {
                environment["Security__Anonymous"] = service == "gateway-2" ? "off" : "operator";
                environment["Retention__Settle"] = "00:00:01";
                environment["RateLimits__writes"] = environment["RateLimits__process-robust"] = "100000";
            },
        });
        (Anonymous, Nobody) = (new Api(Local["gateway"].Url), new Api(Local["gateway-2"].Url));
        Platform = new Api(Local["gateway-2"].Url, await Local.PlatformTokenAsync());
        foreach (var company in (string[])[Company, Other])
        {
            (await Platform.PutAsync($"/invoicing/v2/tenants/{company}", new { })).Is(200);
        }

        (Viewer, Operator, Admin, OtherAdmin) = (await WithKeyAsync(Company, "viewer"), await WithKeyAsync(Company, "operator"), await WithKeyAsync(Company, "admin"), await WithKeyAsync(Other, "admin"));
        (await Admin.PostAsync($"/invoicing/v2/tenants/{Company}/fiscal-profiles", await TaxpayerAsync())).Is(200);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        TestContext.Progress.WriteLine(Coverage.Table());
        await (Platform is null ? Task.CompletedTask : Recorder.WriteAsync());
        await (Local?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>A taxpayer whom the simulated SAT knows: the one of the seed.</summary>
    public static async Task<JsonObject> TaxpayerAsync()
    {
        var seeded = (await Platform.GetAsync("/invoicing/v2/tenants/default/fiscal-profiles")).Is(200).Json!.AsArray()[0]!.AsObject();
        return new JsonObject(seeded.Where(p => p.Key is "rfc" or "nombre" or "codigo_postal" or "regimen_fiscal" or "uso_cfdi" or "correo").Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
    }

    private static async Task<Api> WithKeyAsync(string company, string role)
    {
        var key = (await Platform.PostAsync($"/invoicing/v2/tenants/{company}/api-keys", new { name = role, role })).Is(200);
        return new Api(Local["gateway-2"].Url, (string)key["key"]!);
    }
}
