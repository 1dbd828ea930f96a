using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Endpoints;

/// <summary>GET /invoicing/tickets/{id}, /enhanced and /invoicing/v2/tickets/{id}.</summary>
public static class GetTicket
{
    /// <summary>v1.</summary>
    public static async Task<TicketAnswer> Handle(long id, string? company_id, Caller caller, TicketsDb db, JobsDirectory jobs, CancellationToken ct) =>
        new(await db.SeenByAsync(id, caller, company_id, ct), await jobs.OfAsync(id, ct));

    /// <summary>v2 and bridge 1.</summary>
    public static async Task<EnhancedTicket> Enhanced(long id, string? company_id, Caller caller, TicketsDb db, JobsDirectory jobs, CancellationToken ct) =>
        await db.ShownAsync(await db.SeenByAsync(id, caller, company_id, ct), jobs, null, ct);

    /// <param name="resent">What <c>status</c> says of a picture that was sent once more; null when the ticket is only looked at.</param>
    internal static async Task<EnhancedTicket> ShownAsync(this TicketsDb db, Ticket ticket, JobsDirectory jobs, string? resent, CancellationToken ct)
    {
        var cfdi = ticket.InvoiceUuid is null ? null : await db.Cfdis.AsNoTracking().FirstOrDefaultAsync(c => c.TicketId == ticket.Id, ct);
        return new EnhancedTicket(ticket, await jobs.OfAsync(ticket.Id, ct), cfdi, resent, resent is not null);
    }

    /// <summary>The ticket, if the caller may see it.</summary>
    /// <param name="unknown">What v1 clients read where it is not the usual sentence.</param>
    /// <exception cref="ProblemException">404, also for another tenant's.</exception>
    internal static async Task<Ticket> SeenByAsync(this TicketsDb db, long id, Caller caller, string? named, CancellationToken ct, string? unknown = null)
    {
        var scope = caller.ScopeFor(named);
        return await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id && (scope == null || t.CompanyId == scope), ct) ?? throw Unknown(unknown ?? $"Ticket {id} no encontrado");
    }

    /// <summary>The same, locked for a change until the transaction ends.</summary>
    internal static async Task<Ticket> LockedForAsync(this TicketsDb db, long id, Caller caller, string? named, CancellationToken ct)
    {
        var scope = caller.ScopeFor(named);
        return await db.LockTicketAsync(id, ct) is { } ticket && (scope is null || ticket.CompanyId == scope) ? ticket : throw Unknown($"Ticket {id} no encontrado");
    }

    private static ProblemException Unknown(string sentence) => new(Problem.NotFound(sentence, "ticket_not_found"));
}
