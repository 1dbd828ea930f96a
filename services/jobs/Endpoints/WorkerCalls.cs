using System.ComponentModel.DataAnnotations;
using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>What workers call while they run an attempt. 409 means that the attempt is not theirs any more: touch nothing.</summary>
public static class WorkerCalls
{
    /// <param name="Port">On which this process listens, at the address its call comes from.</param>
    /// <param name="Address">Where it is called instead, when something between the two changes addresses.</param>
    public sealed record Report([property: Range(0, 1000)] int Slots, [property: Range(0, 1000)] int Busy, bool Draining, [property: Range(1, 65535)] int? Port = null, string? Address = null);

    public sealed record LeaseRequest([property: Required] string? Worker, [property: Required] string? SessionId);

    public sealed record Lease(DateTimeOffset LeaseUntil);

    public sealed record Beat([property: Required] string? Worker, bool Waiting);

    /// <param name="Cancel">Stop at once and say AttemptFinished.</param>
    /// <param name="Answer">The answer of this attempt's last intervention, for a worker that missed the broadcast.</param>
    public sealed record Renewed(DateTimeOffset LeaseUntil, bool Cancel, GivenAnswer? Answer);

    public sealed record GivenAnswer(string InterventionId, string Action);

    public sealed record EmissionRequest([property: Required] string? Url, [property: Required] string? Receptor);

    public sealed record ReturnRequest([property: Required] string? Worker, string? Reason);

    public sealed record Done;

    public static async Task<Ok<Done>> Workers(string worker, Body<Report> body, HttpContext http, JobsDb db, TimeProvider time, CancellationToken ct)
    {
        var (report, now) = (body.Value, time.GetUtcNow());
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO workers (id, slots, busy, draining, seen_at) VALUES ({worker}, {report.Slots}, {report.Busy}, {report.Draining}, {now})
             ON CONFLICT (id) DO UPDATE SET slots = excluded.slots, busy = excluded.busy, draining = excluded.draining, seen_at = excluded.seen_at
             """, ct);
        await (LiveWorkers.AddressOf(report.Address, http.Connection.RemoteIpAddress, report.Port) is { } address ? FindAtAsync(db, worker, address, ct) : Task.CompletedTask);
        return TypedResults.Ok(new Done());
    }

    private static async Task FindAtAsync(JobsDb db, string worker, string address, CancellationToken ct)
    {
        try
        {
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO worker_addresses (worker_id, address) VALUES ({worker}, {address}) ON CONFLICT (worker_id) DO UPDATE SET address = excluded.address WHERE worker_addresses.address <> excluded.address", ct);
        }
        catch (Exception e) when (Database.IsBehind(e))
        {
            // On the schema before these addresses nobody looks live; everything else goes on.
        }
    }

    public static async Task<Results<Ok<Lease>, Problem>> TakeLease(long id, int attempt, Body<LeaseRequest> body, GroupCommit<TakenLease, DateTimeOffset?> together, CancellationToken ct) =>
        await together.MakeAsync(new TakenLease(id, attempt, body.Value.Worker!, body.Value.SessionId!), ct) is { } until ? TypedResults.Ok(new Lease(until)) : Stale();

    public sealed record TakenLease(long Job, int Attempt, string Worker, string SessionId);

    /// <returns>Until when each may be silent; null where the attempt is not to be had.</returns>
    public static async Task<IReadOnlyList<DateTimeOffset?>> TakeAsync(JobsDb db, IReadOnlyList<TakenLease> asked, DateTimeOffset now)
    {
        var jobs = (await db.LockJobsAsync([.. asked.Select(a => a.Job).Distinct()], CancellationToken.None)).ToDictionary(j => j.Id);
        return asked.Select(a => jobs.GetValueOrDefault(a.Job)?.TakeLease(a.Attempt, a.Worker, a.SessionId, now)).ToList();
    }

    public static async Task<Results<Ok<Renewed>, Problem>> Heartbeat(long id, int attempt, Body<Beat> body, JobsDb db, TimeProvider time, CancellationToken ct)
    {
        var job = await db.LockJobAsync(id, ct);
        if (job?.Heartbeat(attempt, body.Value.Worker!, body.Value.Waiting, time.GetUtcNow()) is not { } until)
        {
            return Stale();
        }

        await db.SaveChangesAsync(ct);
        var answered = await db.Interventions.AsNoTracking().Where(i => i.JobId == id && i.Attempt == attempt && i.Action != null)
            .OrderByDescending(i => i.AnsweredAt).Select(i => new GivenAnswer(i.Id, i.Action!)).FirstOrDefaultAsync(ct);
        return TypedResults.Ok(new Renewed(until, job.Phase == Phase.stopping, answered));
    }

    public static async Task<Results<Ok<Done>, Problem>> Emission(long id, int attempt, Body<EmissionRequest> body, JobsDb db, TimeProvider time, CancellationToken ct)
    {
        if (await db.LockJobAsync(id, ct) is not { } job || !job.RecordEmission(attempt, body.Value.Url!, body.Value.Receptor!, time.GetUtcNow()))
        {
            return Stale();
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Done());
    }

    public static async Task<Results<Ok<Done>, Problem>> Return(long id, int attempt, Body<ReturnRequest> body, JobsDb db, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await db.LockJobAsync(id, ct) is not { } job || !job.Return(attempt, body.Value.Worker!, now))
        {
            return Stale();
        }

        await db.RecordAsync(job, now, ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Done());
    }

    private static Problem Stale() => Problem.Conflict("stale_attempt", "El intento ya no es vigente.");
}
