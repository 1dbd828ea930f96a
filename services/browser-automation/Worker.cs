using Invoicing.BrowserAutomation.Browser;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Invoicing.BrowserAutomation;

/// <summary>This process towards jobs: its name, its free slots every five seconds, and an orderly leave.</summary>
public sealed class Worker(Attempts attempts, BrowserSettings settings, IServiceProvider services, IServiceScopeFactory scopes, TimeProvider time, ILogger<Worker> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(8);

    /// <summary>Unique to the process; letters, digits and hyphens.</summary>
    public static string Name { get; } = $"{new string([.. Environment.MachineName.Where(char.IsAsciiLetterOrDigit).Take(24)])}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>Leases go back to jobs within the limit; what does not make it runs out there by itself.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        attempts.Drain();
        await RegisterAsync(cancellationToken);
        var running = attempts.All.Select(a => a.Run).OfType<Task>().ToArray();
        await Task.WhenAny(Task.WhenAll(running), Task.Delay(LeaveLimit, time, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            await RegisterAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default));
    }

    // Known once the server listens, which may be after the first report.
    private int? Port => services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.Select(a => (int?)BindingAddress.Parse(a).Port).FirstOrDefault();

    private async Task RegisterAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Every);
            await scope.ServiceProvider.GetRequiredService<JobsClient>().RegisterAsync(Name, attempts.Slots, attempts.Busy, attempts.Draining, Port, settings.Address, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            log.LogDebug(e, "jobs did not hear of this worker");
        }
    }
}
