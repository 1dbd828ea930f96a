using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

/// <summary>What workers learn of a portal: kept once an invoice is verified, handed on, healed, retired, and in operators' hands.</summary>
public sealed class PortalRecipeTests
{
    private const string Host = "portal.example.com:8443";
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear()
    {
        await app.ExecuteAsync("DELETE FROM portal_recipes");
        await app.ClearAsync();
    }

    [Test]
    public async Task What_was_learned_is_handed_on_once_the_invoice_is_verified()
    {
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1);
        var run = await app.Worker.TakeAsync(job);
        await TellAsync(job, null, "none", """{"fields":{"a":"folio"}}""");
        var before = await CurrentAsync();
        await app.Worker.FinishAsync(run, Outcomes.Entregada, emitted: true, xml: true);
        await app.Bus.WaitForAsync<VerifyCfdi>(v => v.JobId == job);
        await app.Worker.AcceptAsync(run);
        await Eventually.TrueAsync(async () => await CurrentAsync() is not null, "the recipe");

        Assert.That((before, await CurrentAsync()), Is.EqualTo(((string?)null, """1 {"fields":{"a":"folio"}}""")));
    }

    [Test]
    public async Task A_recipe_that_misleads_twice_in_a_row_is_given_to_nobody_and_its_history_stays()
    {
        await PutAsync(Host, """{"recipe":{"v":1}}""");
        await TellAsync(1, 1, "misled", null);
        await TellAsync(2, 1, "held", null);
        await TellAsync(3, 1, "misled", null);
        await TellAsync(3, 1, "misled", null);
        var still = await CurrentAsync();
        await TellAsync(4, 1, "misled", null);
        var seen = await GetAsync(Host);

        Assert.That((still, await CurrentAsync()), Is.EqualTo(("""1 {"v":1}""", (string?)null)));
        Assert.That(seen.GetProperty("recipe").ValueKind, Is.EqualTo(JsonValueKind.Null));
        var version = seen.GetProperty("versions")[0];
        Assert.That((version.GetProperty("state").GetString(), version.GetProperty("uses").GetInt32(), version.GetProperty("held").GetInt32(), version.GetProperty("misled").GetInt32()), Is.EqualTo(("retired", 4, 1, 3)));
    }

    [Test]
    public async Task An_operator_reads_writes_and_takes_away_the_recipe_of_a_portal()
    {
        await PutAsync(Host, """{"recipe":{"v":1}}""");
        await PutAsync(Host, """{"recipe":{"v":2}}""");
        var seen = await GetAsync(Host);
        using var root = app.Service.AsPlatformAdmin();
        using var tenant = app.As("acme", Role.admin);
        var path = new Uri($"/invoicing/v2/admin/portals/{Host}", UriKind.Relative);
        using var gone = await root.DeleteAsync(path);
        using var again = await root.DeleteAsync(path);
        using var refused = await tenant.GetAsync(path);
        using var unknown = await root.GetAsync(new Uri("/invoicing/v2/admin/portals/nadie.example.com", UriKind.Relative));

        Assert.That((seen.GetProperty("recipe").GetProperty("version").GetInt32(), seen.GetProperty("recipe").GetProperty("recipe").GetProperty("v").GetInt32()), Is.EqualTo((2, 2)));
        Assert.That(seen.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("state").GetString()), Is.EqualTo(new[] { "current", "replaced" }));
        Assert.That((gone.StatusCode, again.StatusCode, refused.StatusCode, unknown.StatusCode), Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.Forbidden, HttpStatusCode.NotFound)));
        Assert.That(await CurrentAsync(), Is.Null);
    }

    [Test]
    public async Task What_is_no_recipe_is_refused()
    {
        using var root = app.Service.AsPlatformAdmin();
        using var worker = app.Service.AsService("browser-automation");
        async Task<HttpStatusCode> Put(string host, string body) => (await root.PutAsync(new Uri($"/invoicing/v2/admin/portals/{host}", UriKind.Relative), Body(body))).StatusCode;

        Assert.That(await Put(Host, "{}"), Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await Put("a%20b", """{"recipe":{}}"""), Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        using var told = await worker.PostAsync(new Uri($"/internal/portals/{Host}/recipe/uses", UriKind.Relative), Body("""{"job_id":1,"attempt":1,"verdict":"none","learned":"[]"}"""));
        Assert.That(told.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    private static StringContent Body(string json) => new(json, System.Text.Encoding.UTF8, "application/json");

    private async Task PutAsync(string host, string json)
    {
        using var root = app.Service.AsPlatformAdmin();
        using var answer = await root.PutAsync(new Uri($"/invoicing/v2/admin/portals/{host}", UriKind.Relative), Body(json));
        answer.EnsureSuccessStatusCode();
    }

    private async Task<JsonElement> GetAsync(string host)
    {
        using var root = app.Service.AsPlatformAdmin();
        return await root.GetFromJsonAsync<JsonElement>($"/invoicing/v2/admin/portals/{host}");
    }

    private async Task TellAsync(long job, int? version, string verdict, string? learned)
    {
        using var worker = app.Service.AsService("browser-automation");
        using var answer = await worker.PostAsJsonAsync($"/internal/portals/{Host}/recipe/uses", new { job_id = job, attempt = 1, version, verdict, learned, seconds = 3.5, page_loads = 2 });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Version and content, null when nothing is handed out.</summary>
    private async Task<string?> CurrentAsync()
    {
        using var worker = app.Service.AsService("browser-automation");
        using var answer = await worker.GetAsync(new Uri($"/internal/portals/{Host}/recipe", UriKind.Relative));
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var stored = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return $"{stored.GetProperty("version").GetInt32()} {stored.GetProperty("recipe").GetString()}";
    }
}
