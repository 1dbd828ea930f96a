using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Invoicing.ServiceDefaults.Tests;

/// <summary>Dependencies that cost something to ask.</summary>
public sealed class HealthProbeTests
{
    [Test]
    public async Task However_often_health_is_read_the_dependency_is_asked_once()
    {
        var asked = 0;
        await using var services = With((_, _) => Task.FromResult(Interlocked.Increment(ref asked)));
        var health = services.GetRequiredService<HealthCheckService>();
        var reports = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => health.CheckHealthAsync()));
        Assert.That(reports.Select(r => r.Entries["dear"].Status), Is.All.EqualTo(HealthStatus.Healthy));
        Assert.That(asked, Is.EqualTo(1));
    }

    [Test]
    public async Task What_it_throws_is_why_the_service_is_unhealthy()
    {
        await using var services = With((_, _) => throw new InvalidOperationException("no such model"));
        var entry = (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["dear"];
        Assert.That((entry.Status, entry.Description), Is.EqualTo((HealthStatus.Unhealthy, "no such model")));
    }

    [Test]
    public async Task A_dependency_that_is_slow_leaves_the_service_degraded_and_in_use()
    {
        var end = new TaskCompletionSource();
        await using var services = With((_, _) => end.Task);
        var health = services.GetRequiredService<HealthCheckService>();
        Assert.That((await health.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Degraded));
        end.SetResult();
        Assert.That((await health.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Healthy), "the look that ran is the answer now");
    }

    private static ServiceProvider With(Func<IServiceProvider, CancellationToken, Task> ask) => new ServiceCollection().AddLogging().AddProbe("dear", ask).BuildServiceProvider();
}
