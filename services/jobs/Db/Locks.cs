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

    public static async Task<Portal> MeetPortalAsync(this JobsDb db, string host, CancellationToken ct)
    {
        if (await db.LockPortalAsync(host, ct) is { } met)
        {
            return met;
        }

        await db.Database.ExecuteSqlAsync($"INSERT INTO portals (host, failures, attempts) VALUES ({host}, 0, 0) ON CONFLICT DO NOTHING", ct);
        return (await db.LockPortalAsync(host, ct))!;
    }

    private static Task<Portal?> LockPortalAsync(this JobsDb db, string host, CancellationToken ct) =>
        db.Portals.FromSql($"SELECT * FROM portals WHERE host = {host} FOR UPDATE").SingleOrDefaultAsync(ct);

    public static Task<Batch?> LockBatchAsync(this JobsDb db, long key, CancellationToken ct) =>
        db.Batches.FromSql($"SELECT * FROM automation_batches WHERE id = {key} FOR UPDATE").SingleOrDefaultAsync(ct);

    public static Task<bool> HasTableAsync(this JobsDb db, string name, CancellationToken ct) =>
        db.Database.SqlQuery<bool>($"SELECT to_regclass({name}) IS NOT NULL AS \"Value\"").SingleAsync(ct);

    /// <summary>Odd numbers, so that they never meet those that tickets draws.</summary>
    public static Task<List<long>> NextJobIdsAsync(this JobsDb db, int count, CancellationToken ct) =>
        db.Database.SqlQuery<long>($"SELECT nextval('automation_job_ids') AS \"Value\" FROM generate_series(1, {count})").ToListAsync(ct);
}
