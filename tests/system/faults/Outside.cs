using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Invoicing.Messages;
using Invoicing.TestSupport;
using MassTransit;

namespace Invoicing.SystemTests.Faults;

/// <summary>
/// The browser worker, the portal behind it and the tickets service that verifies, as jobs sees them. Every message is said one to three times;
/// now and then, early in the run (its lease takes 45 s to run out), the worker dies right after its press, without a word. A portal keeps what
/// was emitted, whatever becomes of the worker.
/// </summary>
internal sealed class Outside(LocalSystem system, Ledger ledger, Random random) : IAsyncDisposable
{
    private const string Name = "fault-worker";
    private const int Slots = 16;
    private static readonly StoredFile Xml = new("aaaa/bbbbbbbbbbbb", "factura.xml", "application/xml", 10, new string('a', 64));
    private readonly CancellationTokenSource over = new();
    private IBusControl bus = null!;

    /// <summary>Says what it says whatever becomes of the connection it listens on.</summary>
    private IBusControl voice = null!;
    private Task offering = Task.CompletedTask;
    private readonly ConcurrentDictionary<(long Job, int Attempt), bool> begun = new();
    private int deaths;

    /// <summary>How many workers may still die after their press.</summary>
    public int Deaths { get; set; }

    /// <summary>Hears each press.</summary>
    public Action Emitted { get; set; } = () => { };

    public async Task StartAsync()
    {
        bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(system.Broker));
            // As the services do: by itself it stops to consume for good when the broker refuses it once while that starts.
            rabbit.ReturnPromptly();
            rabbit.ReceiveEndpoint("fault-worker", e =>
            {
                e.PrefetchCount = Slots;
                e.UseMessageRetry(r => r.Interval(20, TimeSpan.FromMilliseconds(500)));
                e.Handler<RunAttempt>(c => RunAsync(c.Message));
                e.Handler<VerifyCfdi>(c => VerifyAsync(c.Message));
                // Messages that nobody hears come back to the outbox and are said again.
                e.Handler<JobProgressed>(_ => Task.CompletedTask);
                e.Handler<JobClosed>(_ => Task.CompletedTask);
            });
        });
        voice = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(system.Broker)));
        await Task.WhenAll(bus.StartAsync(TimeSpan.FromSeconds(30)), voice.StartAsync(TimeSpan.FromSeconds(30)));
        offering = OfferAsync();
    }

    /// <summary>One to three times, until the broker has it each time.</summary>
    public async Task SayAsync<T>(T message) where T : class
    {
        var id = NewId.NextGuid();
        var times = Roll(3) + 1;
        for (var said = 0; said < times;)
        {
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
                await voice.Publish(message, c => c.MessageId = said == 2 ? NewId.NextGuid() : id, limit.Token);
                said++;
            }
            catch (Exception) when (!over.IsCancellationRequested)
            {
                await Task.Delay(200);
            }
        }
    }

    /// <summary>A ticket came and was read.</summary>
    public async Task SayTicketAsync(long ticket, string company)
    {
        await SayAsync(new TicketSubmitted(
            ticket, company, "texto", null, "normal", 10, 300, true, [], new Dictionary<string, string>(), null, null, null, null, TimeProvider.System.GetUtcNow(), false));
        await SayAsync(new TicketRead(
            ticket, company, true, null, new Dictionary<string, string> { ["folio"] = $"A{ticket}" }, new Dictionary<string, double>(),
            new Dictionary<string, IReadOnlyList<string>>(), [$"https://portal{ticket % 30}.example.com/f"], null, null, null, new ReadingUsage("local", 1, 1)));
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await offering;
        await Task.WhenAll(bus.StopAsync(TimeSpan.FromSeconds(10)), voice.StopAsync(TimeSpan.FromSeconds(10)));
        over.Dispose();
    }

    private async Task RunAsync(RunAttempt run)
    {
        // A message that comes again while its run goes on (its connection was cut) is dropped, as the worker does.
        if (!begun.TryAdd((run.JobId, run.Attempt), true))
        {
            return;
        }

        if (await CallAsync(run, "lease", new { worker = Name, session_id = $"s-{run.JobId}-{run.Attempt}" }) != HttpStatusCode.OK)
        {
            return;
        }

        if (!run.ConsultOnly)
        {
            if (await CallAsync(run, "emission", new { url = "https://portal.example.com/f", receptor = "EKU9003173C9" }) != HttpStatusCode.OK)
            {
                return;
            }

            ledger.Emit(run.TicketId);
            Emitted();
            if (Roll(8) == 0 && Interlocked.Increment(ref deaths) <= Deaths)
            {
                return;
            }
        }

        var found = ledger.HasEmitted(run.TicketId);
        await SayAsync(new AttemptFinished(
            run.JobId, run.Attempt, run.CompanyId, found ? run.ConsultOnly ? "ya_facturada_recuperada" : "entregada" : "resultado_incierto", "Detalle.", null, null, null, null,
            "EKU9003173C9", found, found ? [new DeliveredFile("cfdi_xml", Xml)] : [], new AttemptUsage(1, 1, 0, 0, 0, 0, null, 0), TimeProvider.System.GetUtcNow()));
    }

    private Task VerifyAsync(VerifyCfdi asked) => SayAsync(new CfdiAccepted(
        asked.TicketId, asked.JobId, asked.CompanyId, new Guid((int)asked.TicketId, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]).ToString().ToUpperInvariant(), "AAA010101AAA", "EKU9003173C9", 116m,
        TimeProvider.System.GetUtcNow(), Xml.Key, null, asked.Attempt));

    /// <summary>Again while jobs cannot be reached, as a worker does; anything but 200 means: do not press.</summary>
    private async Task<HttpStatusCode> CallAsync(RunAttempt run, string call, object body)
    {
        for (var tries = 0; tries < 60; tries++)
        {
            try
            {
                var status = await PostAsync($"/internal/jobs/{run.JobId}/attempts/{run.Attempt}/{call}", body);
                if ((int)status < 500)
                {
                    return status;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // Killed, or its connections were cut.
            }

            await Task.Delay(500);
        }

        return HttpStatusCode.ServiceUnavailable;
    }

    private async Task OfferAsync()
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                await PostAsync($"/internal/workers/{Name}", new { slots = Slots, busy = 0, draining = false });
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // Next time.
            }

            await Task.Delay(3000, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<HttpStatusCode> PostAsync(string path, object body)
    {
        using var http = new HttpClient { BaseAddress = new Uri(system["jobs"].Url), Timeout = TimeSpan.FromSeconds(10) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", system.Keys.ServiceToken("browser-automation"));
        using var answer = await http.PostAsJsonAsync(path, body);
        return answer.StatusCode;
    }

    private int Roll(int sides)
    {
        lock (random)
        {
            return random.Next(sides);
        }
    }
}
