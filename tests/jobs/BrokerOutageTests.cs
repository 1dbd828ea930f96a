using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

/// <summary>The broker, as the service sees it, goes away again and again.</summary>
public sealed class BrokerOutageTests
{
    [Test]
    public async Task However_often_the_broker_was_away_the_service_hears_again_soon()
    {
        Gate? door = null;
        await using var app = await JobsApp.StartAsync(door: broker =>
        {
            var address = new UriBuilder(broker);
            door = new Gate(address.Host, address.Port);
            (address.Host, address.Port) = ("127.0.0.1", door.Port);
            return address.Uri.ToString();
        });
        using (door)
        {
            // Left to itself MassTransit would wait 3, 6, 12 and 24 s.
            for (var outage = 0; outage < 4; outage++)
            {
                door!.Shut();
                await Task.Delay(500);
                door.Open();
                var (_, job) = await app.SubmitAsync("acme", read: false);
                await Eventually.TrueAsync(
                    async () => await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE id = {job}") == 1, () => $"the job after outage {outage + 1}", seconds: 15);
            }
        }
    }
}
