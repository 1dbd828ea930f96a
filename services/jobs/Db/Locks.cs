using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Db;

/// <summary>
/// Rows locked for the rest of the transaction. Order, to keep deadlocks away: ticket, job, portal, batch. Lock before anything else has
/// loaded the row into the context.
/// </summary>
public static class Locks
{
    public static Task<AutomationJob?> LockJobAsync(this JobsDb db, long id, CancellationToken ct) =>
        db.Jobs.FromSql($"SELECT * FROM automation_jobs WHERE id = {id} FOR UPDATE").AsTracking().SingleOrDefaultAsync(ct);

    public static Task<List<AutomationJob>> LockJobsAsync(this JobsDb db, long[] ids, CancellationToken ct) =>
        db.Jobs.FromSql($"SELECT * FROM automation_jobs WHERE id = ANY({ids}) ORDER BY id FOR UPDATE").AsTracking().ToListAsync(ct);

    /// <summary>A job of this ticket that has not ended, newest first.</summary>
    public static Task<List<AutomationJob>> LockOpenJobsAsync(this JobsDb db, long ticketId, CancellationToken ct) =>
        db.Jobs.FromSql($"SELECT * FROM automation_jobs WHERE ticket_id = {ticketId} AND phase NOT IN ('closed', 'stopping') ORDER BY id FOR UPDATE")
            .ToListAsync(ct);

    public static Task<TicketReference?> LockTicketAsync(this JobsDb db, long id, CancellationToken ct) =>
        db.Tickets.FromSql($"SELECT * FROM tickets WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct);

    public static Task<List<TicketReference>> LockTicketsAsync(this JobsDb db, long[] ids, CancellationToken ct) =>
        db.Tickets.FromSql($"SELECT * FROM tickets WHERE id = ANY({ids}) ORDER BY id FOR UPDATE").ToListAsync(ct);

    /// <summary>Whichever message speaks of a ticket first makes its row.</summary>
    public static async Task<TicketReference> MeetTicketAsync(this JobsDb db, long id, string companyId, DateTimeOffset now, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO tickets (id, company_id, created_at) VALUES ({id}, {companyId}, {now}) ON CONFLICT DO NOTHING", ct);
        return (await db.LockTicketAsync(id, ct))!;
    }

    /// <summary>Their rows, made where nobody has been there yet.</summary>
    public static async Task<IReadOnlyList<Portal>> MeetPortalsAsync(this JobsDb db, string[] hosts, CancellationToken ct)
    {
        var met = hosts.Length == 0 ? [] : await db.LockPortalsAsync(hosts, ct);
        if (met.Count == hosts.Length)
        {
            return met;
        }

        await db.Database.ExecuteSqlAsync($"INSERT INTO portals (host, failures, attempts) SELECT host, 0, 0 FROM unnest({hosts}) AS met (host) ORDER BY host ON CONFLICT DO NOTHING", ct);
        return await db.LockPortalsAsync(hosts, ct);
    }

    public static async Task<Portal> MeetPortalAsync(this JobsDb db, string host, CancellationToken ct) => (await db.MeetPortalsAsync([host], ct))[0];

    private static Task<List<Portal>> LockPortalsAsync(this JobsDb db, string[] hosts, CancellationToken ct) =>
        db.Portals.FromSql($"SELECT * FROM portals WHERE host = ANY({hosts}) ORDER BY host FOR UPDATE").AsTracking().ToListAsync(ct);

    public static Task LockBatchesAsync(this JobsDb db, long[] keys, CancellationToken ct) => keys.Length == 0 ? Task.CompletedTask
        : db.Batches.FromSql($"SELECT * FROM automation_batches WHERE id = ANY({keys}) ORDER BY id FOR UPDATE").AsTracking().LoadAsync(ct);

    public static Task<Batch?> LockBatchAsync(this JobsDb db, long key, CancellationToken ct) =>
        db.Batches.FromSql($"SELECT * FROM automation_batches WHERE id = {key} FOR UPDATE").SingleOrDefaultAsync(ct);

    public static Task<bool> HasTableAsync(this JobsDb db, string name, CancellationToken ct) =>
        db.Database.SqlQuery<bool>($"SELECT to_regclass({name}) IS NOT NULL AS \"Value\"").SingleAsync(ct);

    /// <summary>Odd numbers, so that they never meet those that tickets draws.</summary>
    public static Task<List<long>> NextJobIdsAsync(this JobsDb db, int count, CancellationToken ct) =>
        db.Database.SqlQuery<long>($"SELECT nextval('automation_job_ids') AS \"Value\" FROM generate_series(1, {count})").ToListAsync(ct);
}
