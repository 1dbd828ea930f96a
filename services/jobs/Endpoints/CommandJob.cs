using Invoicing.Jobs.Db;
using Invoicing.Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>POST /invoicing/v2/jobs/{id}/cancel, /pause, /resume, /retry: idempotent; 409 when the state does not allow it.</summary>
public static class CommandJob
{
    public sealed record Response(string Status, long JobId);

    public static async Task<Results<Ok<Response>, Problem>> Cancel(long id, Caller caller, string? company_id, JobsDb db, Lookup lookup, TimeProvider time, CancellationToken ct)
    {
        if (await lookup.LockJobAsync(id, caller.ScopeFor(company_id), ct) is not { } job)
        {
            return Lookup.NoJob(id);
        }

        if (job.Estado == Estado.cancelado)
        {
            return TypedResults.Ok(new Response("cancelled", id));
        }

        if (!await CancelAsync(db, job, time.GetUtcNow(), ct))
        {
            return Problem.Conflict("not_cancellable", job.IsOpen ? "La factura ya se pidió al portal; el trabajo no se puede cancelar ahora." : "El trabajo ya terminó.");
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Response("cancelled", id));
    }

    /// <summary>False when the job cannot be cancelled. The caller saves.</summary>
    public static async Task<bool> CancelAsync(JobsDb db, AutomationJob job, DateTimeOffset now, CancellationToken ct)
    {
        var attempt = job.HasWorker ? job.Attempt : (int?)null;
        if (!job.Cancel(now))
        {
            return false;
        }

        if (attempt is { } running)
        {
            db.Publish(new CancelAttempt(job.Id, running, "cancelled"), now);
        }

        await db.RecordAsync(job, now, ct);
        return true;
    }

    public static async Task<Results<Ok<Response>, Problem>> Pause(long id, Caller caller, string? company_id, JobsDb db, Lookup lookup, TimeProvider time, CancellationToken ct)
    {
        if (await lookup.LockJobAsync(id, caller.ScopeFor(company_id), ct) is not { } job)
        {
            return Lookup.NoJob(id);
        }

        if (job.Phase == Phase.paused)
        {
            return TypedResults.Ok(new Response("paused", id));
        }

        if (!job.Pause())
        {
            return Problem.Conflict("not_pausable", "Solo se puede pausar un trabajo que espera en la cola.");
        }

        await db.RecordAsync(job, time.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Response("paused", id));
    }

    public static async Task<Results<Ok<Response>, Problem>> Resume(
        long id, Caller caller, string? company_id, JobsDb db, Lookup lookup, Admission admission, TimeProvider time, CancellationToken ct)
    {
        if (await lookup.LockJobAsync(id, caller.ScopeFor(company_id), ct) is not { } job)
        {
            return Lookup.NoJob(id);
        }

        if (!job.Resume())
        {
            return job.Phase is Phase.reading or Phase.queued or Phase.dispatched or Phase.running
                ? TypedResults.Ok(new Response("resumed", id)) : Problem.Conflict("not_paused", "El trabajo no está en pausa.");
        }

        await AdmitAsync(db, admission, job, time.GetUtcNow(), ct);
        return TypedResults.Ok(new Response("resumed", id));
    }

    public static async Task<Results<Ok<Response>, Problem>> Retry(
        long id, Caller caller, string? company_id, JobsDb db, Lookup lookup, Admission admission, TimeProvider time, CancellationToken ct)
    {
        if (await lookup.LockJobAsync(id, caller.ScopeFor(company_id), ct) is not { } job)
        {
            return Lookup.NoJob(id);
        }

        var now = time.GetUtcNow();
        if (!job.Retry(now))
        {
            return job.Phase is Phase.reading or Phase.queued or Phase.dispatched or Phase.running
                ? TypedResults.Ok(new Response("queued", id)) : Problem.Conflict("not_retryable", "Solo se reintenta un trabajo fallido, vencido o cancelado.");
        }

        if (job.BatchKey is { } key && await db.LockBatchAsync(key, ct) is { } batch)
        {
            batch.JobReopened(now);
        }

        await AdmitAsync(db, admission, job, now, ct);
        return TypedResults.Ok(new Response("queued", id));
    }

    /// <summary>Admits, records and saves.</summary>
    public static async Task AdmitAsync(JobsDb db, Admission admission, AutomationJob job, DateTimeOffset now, CancellationToken ct)
    {
        await admission.AdmitAsync(job, await db.Tickets.SingleAsync(t => t.Id == job.TicketId, ct), now, ct);
        await db.RecordAsync(job, now, ct);
        await db.SaveChangesAsync(ct);
    }
}
