using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.TestSupport;

namespace Invoicing.Bench;

/// <summary>
/// POST /invoicing/v2/bulk through the gateway, on processes of its own: 500 items of which 50 are bad, and the contract's largest of 10,000,
/// from the request to its answer.
/// </summary>
internal static class Bulk
{
    private const string Company = "bench";

    public static async Task<int> RunAsync(int rounds)
    {
        await using var system = await LocalSystem.StartAsync(new SystemPlan
        {
            Services = ["gateway", "tickets", "jobs", "tenant-config"], Portals = false, More = (_, environment) => environment["ASPNETCORE_ENVIRONMENT"] = "Production",
        });
        using var http = new HttpClient { BaseAddress = new Uri(system["gateway"].Url), Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await system.KeyAsync(Company, "operator"));
        for (var round = 0; round <= rounds; round++)
        {
            await PostAsync(http, round == 0 ? "500 items, 50 of them bad, cold" : "500 items, 50 of them bad", [.. Enumerable.Range(0, 500).Select(i => i % 10 == 7 ? Bad() : Good(i))]);
        }

        await PostAsync(http, "10,000 items", [.. Enumerable.Range(0, 10_000).Select(Good)]);
        return 0;
    }

    private static async Task PostAsync(HttpClient http, string what, object[] tickets)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsJsonAsync(new Uri("/invoicing/v2/bulk", UriKind.Relative), new { tickets });
        var batch = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        Console.WriteLine($"{what,-34}{Stopwatch.GetElapsedTime(started).TotalSeconds,6:F2} s  {batch.GetProperty("jobs_created").GetArrayLength()} accepted, {batch.GetProperty("rejected").GetArrayLength()} told by index");
    }

    private static object Good(int i) => new { raw_data = $"TIENDA {i}\nFOLIO {i}\nTOTAL {i}.00", tipo = "texto" };

    private static object Bad() => new { tipo = "texto" };
}
