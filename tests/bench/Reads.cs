using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Invoicing.Bench;

/// <summary>v1 GET of one ticket, one call at a time, through the gateway and straight to the service in turn (ABAB), same run.</summary>
internal static class Reads
{
    public static async Task<int> RunAsync(int count)
    {
        using var gateway = new HttpClient { BaseAddress = LocalRun.Gateway };
        using var service = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:8101") };
        gateway.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await LocalRun.PlatformTokenAsync());
        var list = await gateway.GetFromJsonAsync<JsonElement>("/invoicing/tickets?limit=1");
        var path = $"/invoicing/tickets/{list.GetProperty("tickets").EnumerateArray().First().GetProperty("id").GetInt64()}";
        var (through, straight) = (new List<double>(), new List<double>());
        for (var i = 0; i < count + 50; i++)
        {
            if (i % 50 == 0)
            {
                service.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LocalRun.InternalToken());
            }

            var (a, b) = (await TimeAsync(gateway, path), await TimeAsync(service, path));
            if (i >= 50)
            {
                through.Add(a);
                straight.Add(b);
            }
        }

        Console.WriteLine($"{count} calls each, after 50 to warm up, ABAB, milliseconds");
        Console.WriteLine($"through the gateway     p50 {through.Median():F2}  p99 {through.Quantile(0.99):F2}");
        Console.WriteLine($"straight to the service p50 {straight.Median():F2}  p99 {straight.Quantile(0.99):F2}");
        Console.WriteLine($"ratio                   p50 {through.Median() / straight.Median():F2}  p99 {through.Quantile(0.99) / straight.Quantile(0.99):F2}");
        return 0;
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
