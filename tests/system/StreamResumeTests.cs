using System.Net;
using System.Net.ServerSentEvents;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.SystemTests;

/// <summary>
/// A client follows one job's events through the gateway while gateway and jobs are killed again and again. INVOICING_LONG_TESTS=1 makes it
/// 1,000 events and 20 kills.
/// </summary>
[NonParallelizable]
public sealed class StreamResumeTests
{
    private const long Job = 2;
    private static readonly (int Events, int Kills) Size = Environment.GetEnvironmentVariable("INVOICING_LONG_TESTS") == "1" ? (1000, 20) : (120, 4);

    private LocalSystem system = null!;
    private TestBus bus = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        system = await LocalSystem.StartAsync(new SystemPlan { Services = ["gateway", "jobs", "tenant-config"], Portals = false });
        bus = await TestBus.StartAsync((endpoint, test) =>
        {
            TestBus.Hear<JobProgressed>(endpoint, test);
            TestBus.Hear<JobClosed>(endpoint, test);
        }, system.Broker);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await bus.DisposeAsync();
        await system.DisposeAsync();
    }

    [Test]
    public async Task Whoever_is_killed_the_client_sees_each_event_once_and_in_order()
    {
        await bus.SayAsync(new TicketSubmitted(
            1, "default", "texto", Job, "normal", 3, 1800, true, [], new Dictionary<string, string>(), null, null, null, null, TimeProvider.System.GetUtcNow(), false));
        var reading = ReadAsync();
        using var over = new CancellationTokenSource();
        var changing = ChangeAsync(over.Token);
        for (var i = 0; i < Size.Kills; i++)
        {
            var victim = system[i % 2 == 0 ? "jobs" : "gateway"];
            victim.Kill();
            victim.Start();
            await victim.WaitUntilHealthyAsync();
        }

        await over.CancelAsync();
        var changes = await changing;
        await CommandAsync("cancel");

        var ids = await reading.WaitAsync(TimeSpan.FromMinutes(3));
        Assert.That(ids, Is.EqualTo(Enumerable.Range(1, ids.Count)), "without gap or repeat");
        Assert.That(ids, Has.Count.GreaterThan(changes), "every change is an event, and so are the beginning and the end");
    }

    /// <summary>Pauses and resumes the job until there were enough changes and the killing is over.</summary>
    /// <returns>How many changes there were.</returns>
    private async Task<int> ChangeAsync(CancellationToken over)
    {
        var changes = 0;
        for (; changes < Size.Events || !over.IsCancellationRequested; changes += 2)
        {
            await CommandAsync("pause");
            await CommandAsync("resume");
            await Task.Delay(50, CancellationToken.None);
        }

        return changes;
    }

    /// <summary>Again until it was answered: commands are idempotent.</summary>
    private Task CommandAsync(string command) => Eventually.TrueAsync(async () =>
    {
        try
        {
            using var answer = await system.Gateway.PostAsync(new Uri($"/invoicing/v2/jobs/{Job}/{command}", UriKind.Relative), null);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return false;
        }
    }, command, seconds: 120);

    /// <summary>Ids in the order they came, over as many connections as it takes.</summary>
    private async Task<List<int>> ReadAsync()
    {
        var ids = new List<int>();
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/invoicing/v2/jobs/{Job}/stream");
                request.Headers.Add("Last-Event-ID", $"{ids.LastOrDefault()}");
                using var answer = await system.Gateway.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                if (answer.StatusCode == HttpStatusCode.OK && await DrainAsync(answer, ids))
                {
                    return ids;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // Somebody was killed: connect again.
            }

            await Task.Delay(100);
        }
    }

    /// <returns>True when the end of the job was told.</returns>
    private static async Task<bool> DrainAsync(HttpResponseMessage answer, List<int> ids)
    {
        await foreach (var item in SseParser.Create(await answer.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            if (item.EventType == SseParser.EventTypeDefault)
            {
                continue;
            }

            ids.Add(int.Parse(item.EventId!, System.Globalization.CultureInfo.InvariantCulture));
            if (item.EventType == "complete")
            {
                return true;
            }
        }

        return false;
    }
}
