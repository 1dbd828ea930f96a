using Invoicing.Jobs.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>Finds by id under the caller's tenant, also what a client knows from tickets before its message arrives here.</summary>
public sealed class Lookup(JobsDb db, Arrivals arrivals)
{
    /// <param name="scope">The tenant, null for any.</param>
    /// <exception cref="ProblemException">503: unknown here, and tickets cannot be asked.</exception>
    public async Task<AutomationJob?> JobAsync(long id, string? scope, CancellationToken ct)
    {
        var job = await OfIdAsync(id, ct) ?? (await arrivals.MeetJobAsync(id, scope, ct) ? await OfIdAsync(id, ct) : null);
        return job is not null && (scope is null || job.CompanyId == scope) ? job : null;
    }

    /// <summary>The job with its row locked, under the tenant.</summary>
    /// <exception cref="ProblemException">503.</exception>
    public async Task<AutomationJob?> LockJobAsync(long id, string? scope, CancellationToken ct) =>
        await JobAsync(id, scope, ct) is null ? null : await db.LockJobAsync(id, ct);

    /// <exception cref="ProblemException">503.</exception>
    public async Task<TicketReference?> TicketAsync(long id, string? scope, CancellationToken ct)
    {
        var ticket = await TicketOfIdAsync(id, ct);
        if (ticket?.Submission is null)
        {
            ticket = await arrivals.MeetTicketAsync(id, scope, ct) ? await TicketOfIdAsync(id, ct) : ticket;
        }

        return ticket is not null && (scope is null || ticket.CompanyId == scope) ? ticket : null;
    }

    public static Problem NoJob(long id) => Problem.NotFound($"Trabajo {id} no encontrado");

    public static Problem NoTicket(long id) => Problem.NotFound($"Ticket {id} no encontrado");

    private Task<AutomationJob?> OfIdAsync(long id, CancellationToken ct) => db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id, ct);

    private Task<TicketReference?> TicketOfIdAsync(long id, CancellationToken ct) => db.Tickets.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, ct);
}
