using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.TestSupport;

namespace Invoicing.Bench;

/// <summary>
/// v1 GET of one ticket with an API key through the gateway, and straight to the service with the token the gateway would send, one call at a
/// time and in turn (ABAB), against processes of its own.
/// </summary>
internal static class Reads
{
    private const string Company = "bench";
    private const int WarmUp = 1000;

    public static async Task<int> RunAsync(int count)
    {
        await using var system = await LocalSystem.StartAsync(new SystemPlan
        {
            Services = ["gateway", "tickets", "jobs", "tenant-config"], Portals = false, More = (_, environment) => environment["ASPNETCORE_ENVIRONMENT"] = "Production",
        });
        using var gateway = new HttpClient { BaseAddress = new Uri(system["gateway"].Url) };
        gateway.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await system.KeyAsync(Company, "operator"));
        using var service = new HttpClient(new FreshToken(() => system.Keys.Token(new Caller("bench", Company, Role.@operator, false))) { InnerHandler = new SocketsHttpHandler() })
        {
            BaseAddress = new Uri(system["tickets"].Url),
        };
        var path = $"/invoicing/tickets/{await SubmitAsync(gateway)}";
        var (through, straight) = (new List<double>(), new List<double>());
        for (var i = 0; i < count + WarmUp; i++)
        {
            var (a, b) = (await TimeAsync(gateway, path), await TimeAsync(service, path));
            if (i >= WarmUp)
            {
                through.Add(a);
                straight.Add(b);
            }
        }

        Console.WriteLine($"{count} calls each, after {WarmUp} to warm up, ABAB, milliseconds");
        Console.WriteLine($"through the gateway     p50 {through.Median():F2}  p99 {through.Quantile(0.99):F2}");
        Console.WriteLine($"straight to the service p50 {straight.Median():F2}  p99 {straight.Quantile(0.99):F2}");
        Console.WriteLine($"ratio                   p50 {through.Median() / straight.Median():F2}  p99 {through.Quantile(0.99) / straight.Quantile(0.99):F2}");
        return 0;
    }

    private static async Task<long> SubmitAsync(HttpClient gateway)
    {
        using var form = new FormUrlEncodedContent([new("text_content", "OXXO TIENDA CENTRO FOLIO A123 TOTAL 116.00"), new("company_id", Company)]);
        using var answer = await gateway.PostAsync(new Uri("/invoicing/tickets", UriKind.Relative), form);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ticket_id").GetInt64();
    }

    private static async Task<double> TimeAsync(HttpClient client, string path)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return answer.IsSuccessStatusCode ? elapsed : throw new InvalidOperationException($"{client.BaseAddress}{path} answered {(int)answer.StatusCode}");
    }
}
