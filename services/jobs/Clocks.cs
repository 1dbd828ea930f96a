using Invoicing.Jobs.Db;
using Invoicing.Messages;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>Every time limit: silent workers, overlong attempts, old queues, unanswered questions, lost verifications.</summary>
public sealed class Clocks(IServiceScopeFactory scopes, Patience patience, TimeProvider time, ILogger<Clocks> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>A reading that came while its job was being opened has crossed it by now.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);
    private readonly Backoff backoff = new(patience.FirstRetry, patience.LastRetry);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await PassAsync(ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogError(e, "Clock pass failed");
            }

            await Task.Delay(Tick, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PassAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<JobsDb>();
        var admission = scope.ServiceProvider.GetRequiredService<Admission>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var now = time.GetUtcNow();
        foreach (var job in await DueAsync(db, now, ct))
        {
            using var span = Telemetry.Continue("time limit", job.TraceParent);
            var seen = (job.Phase, job.Estado);
            if (job.Phase == Phase.reading)
            {
                await admission.AdmitAsync(job, await db.Tickets.SingleAsync(t => t.Id == job.TicketId, ct), now, ct);
            }

            if (seen.Phase == job.Phase)
            {
                Strike(db, job, now);
            }

            if (seen.Phase == Phase.waiting && job.Phase != Phase.waiting)
            {
                // The page it was about is gone.
                await db.WithdrawQuestionsAsync(job, now, ct);
            }

            if (seen.Phase == Phase.stopping)
            {
                await db.TellEndAsync(job, now, ct);
            }
            else if (seen != (job.Phase, job.Estado))
            {
                await db.RecordAsync(job, now, ct);
            }
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private Task<List<AutomationJob>> DueAsync(JobsDb db, DateTimeOffset now, CancellationToken ct) => db.Jobs.FromSql(
        $"""
         SELECT * FROM automation_jobs j WHERE j.phase <> 'closed' AND (
            (j.phase IN ('dispatched', 'running', 'waiting', 'stopping') AND (j.lease_until < {now} OR j.run_deadline < {now}))
            OR (j.phase = 'reading' AND j.updated_at < {now - patience.Reading})
            OR (j.phase = 'reading' AND j.updated_at < {now - Settled} AND EXISTS (SELECT 1 FROM tickets t WHERE t.id = j.ticket_id AND t.reading IS NOT NULL))
            OR (j.phase = 'queued' AND j.emitted_at IS NULL AND j.next_attempt_at < {now - patience.Queue})
            OR (j.phase = 'verifying' AND j.updated_at < {now - patience.Verification})
            OR (j.phase = 'asking' AND NOT EXISTS (SELECT 1 FROM interventions i WHERE i.job_id = j.id AND i.status = 'open' AND i.expires_at > {now})))
         ORDER BY j.id LIMIT 100 FOR UPDATE SKIP LOCKED
         """).ToListAsync(ct);

    private void Strike(JobsDb db, AutomationJob job, DateTimeOffset now)
    {
        switch (job.Phase)
        {
            case Phase.running or Phase.waiting when job.LeaseUntil >= now:
                db.Publish(new CancelAttempt(job.Id, job.Attempt, "timeout"), now);
                job.Overrun(backoff, now);
                break;
            case Phase.dispatched or Phase.running or Phase.waiting or Phase.stopping:
                log.LogInformation("Job {Job} attempt {Attempt} of {Worker} lost its lease", job.Id, job.Attempt, job.LeaseWorker);
                job.LoseLease(now);
                break;
            case Phase.reading:
                job.TimeOut(Outcomes.DatosTicketInvalidos, "El ticket no se pudo leer a tiempo.", now);
                break;
            case Phase.queued:
                job.TimeOut(Outcomes.ResultadoIncierto, "El trabajo esperó demasiado tiempo en la cola.", now);
                break;
            case Phase.verifying when job.Verification is not { } asked || asked.At < now - patience.Verified:
                job.TimeOut(Outcomes.ResultadoIncierto, "El CFDI descargado no se pudo verificar a tiempo.", now);
                break;
            case Phase.verifying when job.Verification is { } verification:
                db.Publish(verification, now);
                job.Touch(now);
                break;
            case Phase.asking:
                job.TimeOut(job.Outcome == Outcomes.EmitidaPendienteArchivos ? job.Outcome : Outcomes.RequiereHumano, "Nadie respondió a tiempo lo que se preguntó. " + job.InterventionInstructions, now);
                break;
        }
    }
}
