using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Invoicing.TestSupport;

namespace Invoicing.Gateway.Tests;

/// <summary>A new version is met by one tenant first, then by a share, then by nobody again; and the same for v2 behaviour by its flag.</summary>
[NonParallelizable]
public sealed class RolloutTests
{
    private static string Weights => Path.Combine(App.Live, "gateway.json");

    [TearDown]
    public void EndRollout() => File.Delete(Weights);

    [Test]
    public async Task The_pilot_meets_the_new_version_the_others_follow_by_weight_and_go_back_at_once()
    {
        var (pilot, others) = (App.NewCompany(), Enumerable.Range(0, 12).Select(_ => App.NewCompany()).ToList());
        var keys = new Dictionary<string, string>();
        foreach (var company in others.Append(pilot))
        {
            keys[company] = (await App.KeyAsync(company)).Secret;
        }

        async Task<List<string>> MetNewAsync() => [.. (await Task.WhenAll(keys.Select(async k => (k.Key, Met: await MetAsync(k.Value))))).Where(m => m.Met == "billing-metrics").Select(m => m.Key)];

        await Eventually.TrueAsync(() => IsServedAsync(keys[pilot]), "the gateway to have forgotten the weights of the test before");
        Assert.That(await MetNewAsync(), Is.Empty);
        await SetAsync(tenants: pilot, weight: 0);
        await Eventually.TrueAsync(async () => (await MetNewAsync()).SequenceEqual([pilot]), "the pilot alone on the new version");

        await SetAsync(tenants: pilot, weight: 60);
        List<string> some = [];
        await Eventually.TrueAsync(async () => (some = await MetNewAsync()).Count > 1, "a share on the new version");
        Assert.That(await MetNewAsync(), Is.EquivalentTo(some), "a tenant stays where it is");
        Assert.That(some, Does.Contain(pilot));

        await SetAsync(tenants: pilot, weight: 100);
        await Eventually.TrueAsync(async () => (await MetNewAsync()).Count == keys.Count, "everybody on the new version");
        File.Delete(Weights);
        await Eventually.TrueAsync(async () => (await MetNewAsync()).Count == 0, "everybody back");
    }

    [Test]
    public async Task The_canary_command_gives_v2_to_the_pilot_and_rollback_takes_it_from_everybody()
    {
        var (pilot, other) = (App.NewCompany(), App.NewCompany());
        await App.KeyAsync(pilot);
        await App.KeyAsync(other);
        File.WriteAllText(Weights, """{"ReverseProxy":{"Clusters":{"two-versions":{"Destinations":{"next":{"Address":"http://127.0.0.1:9","Metadata":{"Weight":"100"}}}}}},"Logging":{"LogLevel":{"Yarp":"Error"}}}""");
        try
        {
            await DevAsync("canary", pilot);
            Assert.That((await IsEnhancedAsync(pilot), await IsEnhancedAsync(other)), Is.EqualTo((true, false)));
            await DevAsync("canary", pilot, "--percent", "100");
            Assert.That((await IsEnhancedAsync(pilot), await IsEnhancedAsync(other)), Is.EqualTo((true, true)));
            await DevAsync("rollback", pilot);
            Assert.That((await IsEnhancedAsync(pilot), await IsEnhancedAsync(other)), Is.EqualTo((false, false)));
            Assert.That(File.ReadAllText(Weights), Does.Not.Contain("ReverseProxy").And.Contain("Logging"), "weights are gone, other settings stay");
        }
        finally
        {
            using var admin = App.Admin();
            (await admin.PutAsJsonAsync("/invoicing/v2/tenants/*/features/enhanced_automation", new { enabled = true })).Dispose();
        }
    }

    private static async Task<bool> IsServedAsync(string key)
    {
        using var http = App.Client(key);
        using var answer = await http.GetAsync(new Uri("/invoicing/v2/two-versions", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    private static async Task<string> MetAsync(string key)
    {
        using var http = App.Client(key);
        var met = await http.GetFromJsonAsync<JsonObject>("/invoicing/v2/two-versions");
        return (string)met!["service"]!;
    }

    private static Task SetAsync(string tenants, int weight) => File.WriteAllTextAsync(Weights, JsonSerializer.Serialize(new
    {
        ReverseProxy = new
        {
            Clusters = new Dictionary<string, object>
            {
                ["two-versions"] = new { Destinations = new { next = new { Address = App.Billing.Url, Metadata = new { Tenants = tenants, Weight = $"{weight}" } } } },
            },
        },
    }));

    private static async Task<bool> IsEnhancedAsync(string company)
    {
        using var admin = App.Admin();
        var flag = await admin.GetFromJsonAsync<JsonObject>($"/invoicing/v2/tenants/{company}/features/enhanced_automation");
        return (bool)flag!["evaluation"]!["enabled"]!;
    }

    /// <summary>As an operator calls it, against this installation.</summary>
    private static async Task DevAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", ["dev", .. arguments]) { WorkingDirectory = Repository.Root, RedirectStandardError = true, RedirectStandardOutput = true };
        (start.Environment["INVOICING_GATEWAY"], start.Environment["INVOICING_TOKEN"], start.Environment["INVOICING_LIVE"]) = (App.Local["gateway"].Url, App.AdminToken, App.Live);
        using var dev = Process.Start(start)!;
        var told = await dev.StandardError.ReadToEndAsync();
        await dev.WaitForExitAsync();
        Assert.That(dev.ExitCode, Is.Zero, told);
    }
}
