using System.ComponentModel.DataAnnotations;
using Invoicing.Messages;
using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Endpoints;

/// <summary>
/// For the jobs service, which is asked about tickets and jobs whose message is still on its way: TicketSubmitted as it was said, found by the
/// ticket's id or by the number of the job that was drawn for it.
/// </summary>
public static class TellSubmissions
{
    public sealed record Request([property: Required, MaxLength(10_000)] long[]? TicketIds);

    public static Task<IResult> OfJob(long id, TicketsDb db, TenantDirectory tenants, CancellationToken ct) =>
        OneAsync(db.Tickets.AsNoTracking().Where(t => t.JobId == id), tenants, ct);

    public static Task<IResult> OfTicket(long id, TicketsDb db, TenantDirectory tenants, CancellationToken ct) =>
        OneAsync(db.Tickets.AsNoTracking().Where(t => t.Id == id), tenants, ct);

    /// <summary>Those that exist, in no order.</summary>
    public static async Task<IReadOnlyList<TicketSubmitted>> OfTickets(Body<Request> body, TicketsDb db, TenantDirectory tenants, CancellationToken ct)
    {
        var ids = body.Value.TicketIds!;
        return await SayAsync(await db.Tickets.AsNoTracking().Where(t => ids.Contains(t.Id)).ToListAsync(ct), tenants, ct);
    }

    private static async Task<IResult> OneAsync(IQueryable<Ticket> found, TenantDirectory tenants, CancellationToken ct) =>
        await SayAsync(await found.Take(1).ToListAsync(ct), tenants, ct) is [var said] ? Results.Json(said, Json.Options) : Problem.NotFound("No existe");

    private static async Task<IReadOnlyList<TicketSubmitted>> SayAsync(List<Ticket> tickets, TenantDirectory tenants, CancellationToken ct)
    {
        var said = new List<TicketSubmitted>();
        foreach (var ticket in tickets)
        {
            said.Add(Intake.MessageOf(ticket, await tenants.SettingsAsync(ticket.CompanyId, ct)));
        }

        return said;
    }
}
