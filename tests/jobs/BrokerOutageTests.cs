using Invoicing.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Invoicing.Jobs.Tests;

/// <summary>The broker, as the service sees it, goes away, again and again, or does not answer any more.</summary>
public sealed class BrokerOutageTests
{
    [Test]
    public async Task However_often_the_broker_was_away_the_service_hears_again_soon()
    {
        var (app, door) = await BehindADoorAsync();
        await using (app)
        using (door)
        {
            // Left to itself MassTransit would wait 3, 6, 12 and 24 s.
            for (var outage = 0; outage < 4; outage++)
            {
                door.Shut();
                await Task.Delay(500);
                door.Open();
                var (_, job) = await app.SubmitAsync("acme", read: false);
                await Eventually.TrueAsync(
                    async () => await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE id = {job}") == 1, () => $"the job after outage {outage + 1}", seconds: 15);
            }
        }
    }

    [Test]
    public async Task A_process_whose_messages_do_not_leave_though_the_broker_takes_others_ends()
    {
        var (app, door) = await BehindADoorAsync(lostAfterSeconds: 6);
        await using (app)
        using (door)
        {
            var (_, job) = await app.SubmitAsync("acme");
            var ending = EndingOf(app);
            door.Freeze();
            await CancelAsync(app, job);
            await Eventually.TrueAsync(() => Task.FromResult(ending.IsCancellationRequested), "the end of the process", seconds: 40);
        }
    }

    [Test]
    public async Task A_broker_that_is_away_ends_no_process()
    {
        var (app, door) = await BehindADoorAsync(lostAfterSeconds: 8);
        await using (app)
        using (door)
        {
            var (_, job) = await app.SubmitAsync("acme");
            var ending = EndingOf(app);
            door.Shut();
            await CancelAsync(app, job);
            await Task.Delay(TimeSpan.FromSeconds(11));
            Assert.That(ending.IsCancellationRequested, Is.False);
            door.Open();
            await Eventually.TrueAsync(
                async () => await app.QueryAsync<long>("SELECT count(*) FROM outbox_messages") == 0, "the messages with the broker", seconds: 20);
            Assert.That(ending.IsCancellationRequested, Is.False);
        }
    }

    private static async Task<(JobsApp App, Gate Door)> BehindADoorAsync(double lostAfterSeconds = 60)
    {
        Gate? door = null;
        var app = await JobsApp.StartAsync(more: new() { ["Messaging:LostAfterSeconds"] = $"{lostAfterSeconds}" }, door: broker =>
        {
            var address = new UriBuilder(broker);
            door = new Gate(address.Host, address.Port);
            (address.Host, address.Port) = ("127.0.0.1", door.Port);
            return address.Uri.ToString();
        });
        return (app, door!);
    }

    private static CancellationToken EndingOf(JobsApp app) => app.Service.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    /// <summary>The job's end is told by message.</summary>
    private static async Task CancelAsync(JobsApp app, long job)
    {
        using var client = app.As("acme");
        using var answer = await client.PostAsync(new Uri($"/invoicing/v2/jobs/{job}/cancel", UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
    }
}
