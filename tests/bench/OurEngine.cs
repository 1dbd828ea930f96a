using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.Jobs;
using Invoicing.Jobs.Tests;
using Invoicing.Messages;
using Invoicing.TestSupport;
using MassTransit;

namespace Invoicing.Bench;

/// <summary>
/// The jobs service with its database and broker. A job is POST /v2/jobs for a ticket that was read; the worker takes the lease over HTTP and says
/// that the attempt ended, as a browser worker does.
/// </summary>
internal sealed class OurEngine : IEngine, IAsyncDisposable
{
    private static readonly AttemptUsage NoUsage = new(0, 0, 0, 0, 0, 0, null, 0);
    private readonly ConcurrentDictionary<long, (long Since, TimeSpan Work, TaskCompletionSource<Ran> Ran)> waiting = new();
    private readonly JobsApp app;
    private readonly HttpClient worker;
    private readonly ConcurrentDictionary<string, HttpClient> clients = new();
    private IBusControl bus = null!;
    private readonly Tally tally = new();
    private int running;

    private OurEngine(JobsApp app) =>
        (this.app, worker) = (app, app.Service.CreateDefaultClient(new FreshToken(() => app.Service.Keys.ServiceToken("browser-automation"))));

    public string Name => JobsBench.Ours;

    public int Lost => waiting.Count;

    public int Running => running;

    public static async Task<OurEngine> StartAsync()
    {
        var engine = new OurEngine(await JobsApp.StartAsync());
        foreach (var tenant in new[] { "steady", "saturated", "noisy", "quiet" })
        {
            engine.app.Tenants.Set(tenant, concurrent: 1000, daily: 1_000_000);
        }

        engine.bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(engine.app.Bus.Broker));
            rabbit.ReceiveEndpoint("bench-worker", e =>
            {
                e.PrefetchCount = 60;
                e.Handler<RunAttempt>(engine.RunAsync);
            });
        });
        await engine.bus.StartAsync();
        return engine;
    }

    public async Task OfferAsync(int slots)
    {
        // Seen far in the future: the bench does not beat its heart.
        await app.ExecuteAsync($"INSERT INTO workers (id, slots, busy, draining, seen_at) VALUES ('bench', {slots}, 0, false, now() + interval '1 day') ON CONFLICT (id) DO UPDATE SET slots = {slots}, seen_at = excluded.seen_at");
    }

    public async Task<Ran> SubmitAsync(string tenant, TimeSpan work)
    {
        var number = tally.Submit();
        var ticket = JobsApp.NewTicket();
        await app.ExecuteAsync($$"""
            INSERT INTO tickets (id, company_id, created_at, submission, reading) VALUES ({{ticket}}, '{{tenant}}', now(),
                '{{JsonSerializer.Serialize(JobsApp.Submitted(ticket, tenant, null))}}', '{{JsonSerializer.Serialize(JobsApp.Reading(ticket, tenant, $"https://portal{number % 200}.example.com/f"))}}')
            """);
        var ran = new TaskCompletionSource<Ran>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[ticket] = (Stopwatch.GetTimestamp(), work, ran);
        var client = clients.GetOrAdd(tenant, t => app.Service.CreateDefaultClient(new FreshToken(() => app.Service.Keys.Token(new Caller("bench", t, Role.@operator, false)))));
        using var answer = await client.PostAsJsonAsync("/invoicing/v2/jobs", new { ticket_id = ticket });
        answer.EnsureSuccessStatusCode();
        tally.Store();
        return await ran.Task;
    }

    public Task AcceptedAsync() => tally.AllStoredAsync();

    public async Task IdleAsync()
    {
        while (await app.QueryAsync<long>("SELECT count(*) FROM automation_jobs WHERE phase <> 'closed'") > 0)
        {
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await bus.StopAsync();
        worker.Dispose();
        await app.DisposeAsync();
    }

    private async Task RunAsync(ConsumeContext<RunAttempt> context)
    {
        var run = context.Message;
        if (waiting.TryRemove(run.TicketId, out var job))
        {
            job.Ran.SetResult(new Ran(Stopwatch.GetElapsedTime(job.Since)));
        }

        using var lease = await worker.PostAsJsonAsync($"/internal/jobs/{run.JobId}/attempts/{run.Attempt}/lease", new { worker = "bench", session_id = "s" });
        lease.EnsureSuccessStatusCode();
        Interlocked.Increment(ref running);
        await Task.Delay(job.Work);
        Interlocked.Decrement(ref running);
        await context.Publish(new AttemptFinished(
            run.JobId, run.Attempt, run.CompanyId, Outcomes.FueraDePlazo, "Fuera de plazo.", null, null, null, null, null, false, [], NoUsage, TimeProvider.System.GetUtcNow()));
    }
}

/// <summary>Internal tokens live for a minute; one serves for twenty seconds, as the gateway's do.</summary>
internal sealed class FreshToken(Func<string> issue) : DelegatingHandler
{
    private static readonly TimeSpan Serve = TimeSpan.FromSeconds(20);
    private Kept? kept;

    private sealed record Kept(string Token, long At);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (kept is not { } token || Stopwatch.GetElapsedTime(token.At) > Serve)
        {
            kept = token = new Kept(issue(), Stopwatch.GetTimestamp());
        }

        request.Headers.Authorization = new("Bearer", token.Token);
        return base.SendAsync(request, cancellationToken);
    }
}
