using System.Diagnostics;
using System.Net.Http.Headers;
using Invoicing.TestSupport;

namespace Invoicing.Bench;

/// <summary>
/// What our gateway adds to a read, with credentials, rate limits and telemetry on, beside a bare YARP and nginx before the same backend, in
/// one run and in turn. Processor time is that of the proxy's own processes.
/// </summary>
internal static class GatewayCost
{
    private const string Path = "/invoicing/tickets/7";
    private const int Rounds = 3;

    /// <summary>Each round's first second is told apart: all but one proxy stood idle, and what the gateway knew of the tenant has ended.</summary>
    private const int RunInSeconds = 1;

    private sealed record Proxy(string Name, HttpClient Http, Func<IEnumerable<int>> Processes)
    {
        public List<double> Milliseconds { get; } = [];

        /// <summary>The first request of each round: a tenant's that has not called for half a minute.</summary>
        public List<double> First { get; } = [];

        public double ProcessorMs { get; set; }

        public int Requests { get; set; }
    }

    public static async Task<int> RunAsync(int perSecond)
    {
        var scratch = Directory.CreateTempSubdirectory("invoicing-bench-").FullName;
        var (backend, bare, nginx) = ($"http://127.0.0.1:{Ports.Free()}", $"http://127.0.0.1:{Ports.Free()}", $"http://127.0.0.1:{Ports.Free()}");
        using var backendProcess = Self("backend", backend);
        using var bareProcess = Self("yarp", bare, backend);
        using var nginxProcess = Nginx.Start(scratch, new Uri(nginx), new Uri(backend));
        await using var system = await LocalSystem.StartAsync(new SystemPlan
        {
            Services = ["gateway", "tenant-config"],
            Portals = false,
            StandIns = new Dictionary<string, string> { ["tickets"] = backend, ["jobs"] = backend, ["billing-metrics"] = backend },
            More = (_, environment) => (environment["RateLimits__reads"], environment["ASPNETCORE_ENVIRONMENT"]) = ("1000000000", "Production"),
        });
        var key = await system.KeyAsync("bench", "viewer");
        await KnowTenantsAsync(system);
        Proxy[] proxies =
        [
            new("straight to the backend", Client(backend, null), () => []),
            new("nginx", Client(nginx, null), () => nginxProcess is null ? [] : Nginx.Workers(nginxProcess.Id)),
            new("bare YARP", Client(bare, null), () => [bareProcess.Id]),
            new("our gateway", Client(system["gateway"].Url, key), () => [system["gateway"].Id]),
        ];
        foreach (var proxy in nginxProcess is null ? proxies.Where(p => p.Name != "nginx").ToArray() : proxies)
        {
            await MeasureAsync(proxy, perSecond, TimeSpan.FromSeconds(15), keep: false);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var proxy in nginxProcess is null ? proxies.Where(p => p.Name != "nginx").ToArray() : proxies)
            {
                await MeasureAsync(proxy, perSecond, TimeSpan.FromSeconds(8), keep: true);
            }
        }

        Report(proxies, perSecond);
        foreach (var process in new[] { backendProcess, bareProcess, nginxProcess })
        {
            process?.Kill(entireProcessTree: true);
        }

        return 0;
    }

    /// <summary>
    /// What a process does once in seconds only (asking whose a key is) is compiled well after its thirtieth time: other tenants call before
    /// anything is measured, as they have in a system that runs for an hour.
    /// </summary>
    private static async Task KnowTenantsAsync(LocalSystem system)
    {
        for (var i = 0; i < 50; i++)
        {
            using var http = Client(system["gateway"].Url, await system.KeyAsync($"tenant{i}", "viewer"));
            await TimeAsync(http);
        }
    }

    /// <summary>Open loop: a request leaves when its time has come, whatever became of those before.</summary>
    private static async Task MeasureAsync(Proxy proxy, int perSecond, TimeSpan length, bool keep)
    {
        var before = Processor.Milliseconds(proxy.Processes());
        var started = Stopwatch.GetTimestamp();
        var calls = new List<Task<double>>();
        for (var i = 0; i < perSecond * length.TotalSeconds; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond) - Stopwatch.GetElapsedTime(started);
            if (due > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(due);
            }

            calls.Add(TimeAsync(proxy.Http));
        }

        var times = await Task.WhenAll(calls);
        if (keep)
        {
            proxy.First.Add(times[0]);
            proxy.Milliseconds.AddRange(times.Skip(RunInSeconds * perSecond));
            proxy.ProcessorMs += Processor.Milliseconds(proxy.Processes()) - before;
            proxy.Requests += times.Length;
        }
    }

    private static async Task<double> TimeAsync(HttpClient http)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(new Uri(Path, UriKind.Relative));
        await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : throw new InvalidOperationException($"{http.BaseAddress} answered {(int)answer.StatusCode}");
    }

    private static void Report(IReadOnlyList<Proxy> proxies, int perSecond)
    {
        var straight = proxies[0].Milliseconds;
        Console.WriteLine($"{perSecond} reads a second, {Rounds} rounds in turn, {Environment.ProcessorCount} processors");
        Console.WriteLine($"{"",-26}{"p50 ms",9}{"p99 ms",9}{"added p50",11}{"added p99",11}{"CPU µs/request",16}{"first ms",10}");
        foreach (var proxy in proxies.Where(p => p.Requests > 0))
        {
            var (p50, p99) = (proxy.Milliseconds.Median(), proxy.Milliseconds.Quantile(0.99));
            Console.WriteLine($"{proxy.Name,-26}{p50,9:F2}{p99,9:F2}{p50 - straight.Median(),11:F2}{p99 - straight.Quantile(0.99),11:F2}{1000 * proxy.ProcessorMs / proxy.Requests,16:F0}{proxy.First.Median(),10:F1}");
        }

        var (bare, ours) = (proxies.Single(p => p.Name == "bare YARP"), proxies.Single(p => p.Name == "our gateway"));
        Console.WriteLine($"ratio  our gateway over a bare YARP: {ours.ProcessorMs / ours.Requests / (bare.ProcessorMs / bare.Requests):F2} × processor time (target 1.35)");
    }

    private static HttpClient Client(string url, string? key)
    {
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = new Uri(url) };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return http;
    }

    private static Process Self(params string[] arguments) =>
        Children.Start(["dotnet", System.IO.Path.Combine(AppContext.BaseDirectory, "Bench.dll"), .. arguments], new Dictionary<string, string> { ["DOTNET_gcServer"] = "0" }, AppContext.BaseDirectory, _ => { });
}
