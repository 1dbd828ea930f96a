using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Endpoints;

/// <summary>GET /invoicing/v2/inbox: when the tenant's mailbox was looked into last, and what kept it from being read.</summary>
public static class GetMailbox
{
    /// <param name="CheckedAt">Null: no mailbox was read for this tenant yet.</param>
    /// <param name="Trouble">Spanish; null when it was read.</param>
    public sealed record Response(string CompanyId, DateTimeOffset? CheckedAt, string? Trouble);

    public static async Task<Response> Handle(string? company_id, Caller caller, TicketsDb db, CancellationToken ct)
    {
        var company = caller.TenantFor(company_id);
        var mailbox = await db.Mailboxes.AsNoTracking().SingleOrDefaultAsync(m => m.CompanyId == company, ct);
        return new Response(company, mailbox?.CheckedAt, mailbox?.Trouble);
    }
}
