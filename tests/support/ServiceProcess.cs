using System.Diagnostics;

namespace Invoicing.TestSupport;

/// <summary>One real process of the system, started from its build output; its output is kept for the failure message.</summary>
public sealed class ServiceProcess(string name, string project, Dictionary<string, string> environment, string? root = null)
{
    private readonly Queue<string> output = new();
    private Process? process;

    public string Name => name;

    public string Url => environment["ASPNETCORE_URLS"];

    /// <summary>What Prometheus would read now.</summary>
    public async Task<string> ScrapeAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        return await http.GetStringAsync(new Uri($"http://127.0.0.1:{environment["Metrics__Port"]}/metrics"));
    }

    public bool Running => process is { HasExited: false };

    public int Id => process!.Id;

    public void Start()
    {
        process = Children.Start(["dotnet", Dll()], environment, Path.GetDirectoryName(Dll())!, Keep);
    }

    /// <summary>SIGKILL, children too: nothing gets to say good-bye.</summary>
    public void Kill()
    {
        if (Running)
        {
            process!.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    /// <summary>SIGTERM, as an orchestrator says that it is time to go; done when the process has ended.</summary>
    public async Task EndAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", $"{Id}"]);
        await process!.WaitForExitAsync();
    }

    public async Task WaitUntilHealthyAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Url + "/health"));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }

            if (!Running || TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(120))
            {
                throw new InvalidOperationException($"{name} is not healthy. Its last words:\n{LastWords()}");
            }

            await Task.Delay(200);
        }
    }

    public string LastWords()
    {
        lock (output)
        {
            return string.Join('\n', output);
        }
    }

    private void Keep(string? line)
    {
        lock (output)
        {
            output.Enqueue(line ?? "");
            if (output.Count > 200)
            {
                output.Dequeue();
            }
        }
    }

    /// <summary>The program of a project folder in this test's own configuration (Debug or Release), of this checkout unless another root is given.</summary>
    private string Dll()
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var output = Path.Combine(root ?? Repository.Root, project, "bin", configuration, "net10.0");
        var runtime = Directory.GetFiles(output, "*.runtimeconfig.json", SearchOption.AllDirectories).OrderBy(f => f.Length).First();
        return runtime.Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal);
    }
}

public static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("Invoicing.sln is not above the test binaries"),
        _ when File.Exists(Path.Combine(folder.FullName, "Invoicing.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
