using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.BrowserAutomation.Browser;
using Invoicing.TestSupport;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>The worker's own program, asked how it is.</summary>
public sealed class HealthTests
{
    [Test]
    public async Task A_worker_that_draws_pages_is_healthy()
    {
        await using var worker = await StartAsync(new BrowserSettings().ExecutablePath);
        using var http = worker.AsAnonymous();

        await Eventually.TrueAsync(async () => await BrowserAsync(http) == (200, "healthy"), "an empty page");
    }

    [Test]
    public async Task A_worker_whose_browser_does_not_start_is_not()
    {
        await using var worker = await StartAsync("/usr/bin/no-such-browser");
        using var http = worker.AsAnonymous();

        await Eventually.TrueAsync(async () => await BrowserAsync(http) == (503, "unhealthy"), "the browser to be missed");
    }

    private static Task<TestService<Attempts>> StartAsync(string browser) =>
        TestService<Attempts>.StartAsync("browser-automation", null, new() { ["Browser:ExecutablePath"] = browser });

    private static async Task<(int Status, string? Browser)> BrowserAsync(HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri("/health", UriKind.Relative));
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks").GetProperty("browser").GetProperty("status").GetString());
    }
}
