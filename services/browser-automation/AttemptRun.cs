using System.Diagnostics;
using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Captcha;
using Invoicing.BrowserAutomation.Model;
using Invoicing.Messages;

namespace Invoicing.BrowserAutomation;

/// <summary>Runs attempts in the background: heartbeat, time limit, browser, and the one word at the end.</summary>
public sealed class AttemptRun(
    Chromium chromium, Attempts attempts, IServiceScopeFactory scopes, Announcer announcer, Artefacts artefacts, SignIns signIns, LivePages pages, TimeProvider time, ILogger<AttemptRun> log)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    /// <summary>Returns at once; the run ends the held attempt whatever happens.</summary>
    public Task Start(RunAttempt command, HeldAttempt held, string sessionId, string? traceParent) => Task.Run(async () =>
    {
        using var span = Telemetry.Continue("attempt", traceParent, ActivityKind.Consumer);
        span?.SetTag("invoicing.job_id", command.JobId).SetTag("invoicing.attempt", command.Attempt).SetTag("invoicing.company_id", command.CompanyId);
        using var scope = log.ForTenant(command.CompanyId);
        using var beating = new CancellationTokenSource();
        var beat = BeatAsync(command, held, beating.Token);
        try
        {
            await RunAsync(command, held, sessionId);
        }
        catch (Exception e)
        {
            log.LogError(e, "Attempt {Job}/{Attempt} broke", command.JobId, command.Attempt);
        }
        finally
        {
            await beating.CancelAsync();
            await beat;
            attempts.End(held);
        }
    });

    private async Task RunAsync(RunAttempt command, HeldAttempt held, string sessionId)
    {
        var begun = time.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var jobs = scope.ServiceProvider.GetRequiredService<JobsClient>();
        var (services, tenants) = (scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<TenantsClient>());
        var firstReading = new FirstReading(command, services.GetRequiredService<Solver>(), services.GetRequiredService<LocalReader>(), tenants);
        var advisor = new Advisor(command, services.GetRequiredService<ChatModel>(), tenants, services.GetRequiredService<ModelSettings>());
        var journey = new Journey(command, held, chromium, jobs, tenants, announcer, artefacts, attempts, signIns, pages, firstReading, advisor, time);
        Outcome outcome;
        try
        {
            await announcer.SayAsync(new AttemptStarted(command.JobId, command.Attempt, command.CompanyId, Worker.Name, sessionId, time.GetUtcNow()), held.Stopped);
            outcome = await journey.RunAsync();
        }
        catch (Exception e) when (held.Stopped.IsCancellationRequested)
        {
            log.LogInformation("Attempt {Job}/{Attempt} stopped: {Reason} ({Error})", command.JobId, command.Attempt, held.Reason, e.GetType().Name);
            outcome = OfStop(held.Reason, journey);
        }
        catch (Exception e)
        {
            // Whatever surprised this attempt, jobs must hear that it ended: it decides what follows.
            log.LogError(e, "Attempt {Job}/{Attempt} failed", command.JobId, command.Attempt);
            outcome = new Outcome(Outcome.Incierto, "El navegador falló durante el intento.", ErrorType: e switch { HttpRequestException => "internal_call", TimeoutException => "page_hangs", _ => "technical" });
        }
        finally
        {
            await journey.DisposeAsync();
        }

        await EndAsync(command, held, jobs, journey, outcome, begun);
    }

    private async Task EndAsync(RunAttempt command, HeldAttempt held, JobsClient jobs, Journey journey, Outcome outcome, long begun)
    {
        Measures.Attempts.Record(time.GetElapsedTime(begun).TotalSeconds, new KeyValuePair<string, object?>("outcome", held.Reason is StopReason.Stale ? "stale" : outcome.Word));
        Activity.Current?.SetTag("invoicing.outcome", outcome.Word);
        if (held.Reason == StopReason.Stale)
        {
            return;
        }

        if (held.Reason == StopReason.Draining)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(4));
            await jobs.ReturnAsync(command.JobId, command.Attempt, Worker.Name, "drain", limit.Token);
            return;
        }

        await TellRecipeAsync(command, jobs, journey, outcome);
        log.LogInformation("Attempt {Job}/{Attempt} ended as {Outcome} {ErrorType}", command.JobId, command.Attempt, outcome.Word, outcome.ErrorType);
        await announcer.SayAsync(journey.Finished(outcome));
    }

    // Told before the end is: the invoice's verification, which makes it count, follows on the end.
    private async Task TellRecipeAsync(RunAttempt command, JobsClient jobs, Journey journey, Outcome outcome)
    {
        try
        {
            using var limit = new CancellationTokenSource(Beat);
            await (journey.Learned(outcome) is var (host, use) ? jobs.TellRecipeAsync(host, use, limit.Token) : Task.CompletedTask);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            log.LogWarning(e, "What attempt {Job}/{Attempt} learned was lost", command.JobId, command.Attempt);
        }
    }

    private static Outcome OfStop(StopReason reason, Journey journey) => reason switch
    {
        StopReason.TimedOut when journey.Emitted => new(Outcome.Incierto, "El intento llegó a su límite de tiempo después de emitir.", ErrorType: "timeout"),
        StopReason.TimedOut => new(Outcome.PortalCaido, "El portal tardó más que el límite de tiempo del intento.", ErrorType: "timeout"),
        _ => new(Outcome.Incierto, "El intento se canceló.", ErrorType: "cancelled"),
    };

    // Held only while jobs says so: a beat refused means that the attempt belongs to someone else now.
    private async Task BeatAsync(RunAttempt command, HeldAttempt held, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Beat, time);
        var missed = 0;
        while (await Ticks(timer, ended))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(ended);
                limit.CancelAfter(Beat);
                var lease = await scope.ServiceProvider.GetRequiredService<JobsClient>().HeartbeatAsync(command.JobId, command.Attempt, Worker.Name, held.Waiting, limit.Token);
                missed = 0;
                if (lease is null || lease.Cancel)
                {
                    held.Stop(lease is null ? StopReason.Stale : StopReason.Cancelled);
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or System.Text.Json.JsonException)
            {
                // The lease is 45 s: after four missed beats it is somebody else's.
                if (!ended.IsCancellationRequested && ++missed >= 4)
                {
                    held.Stop(StopReason.Stale);
                }
            }
        }
    }

    private static async Task<bool> Ticks(PeriodicTimer timer, CancellationToken ended)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ended);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
