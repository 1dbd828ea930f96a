using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Endpoints;

/// <summary>GET /invoicing/v2/tickets: newest first, filtered and paged.</summary>
public static class ListEnhancedTickets
{
    public static async Task<IReadOnlyList<EnhancedTicket>> Handle(
        HttpContext context, Caller caller, Paging paging, TicketsDb db, JobsDirectory jobs, CancellationToken ct, string? company_id = null, string? status = null,
        string? estado = null, long? merchant_id = null, DateTimeOffset? created_after = null, DateTimeOffset? created_before = null)
    {
        // A list without a tenant is the default tenant's, as clients know it; only platform admins see all.
        var scope = caller.Anonymous ? caller.TenantFor(company_id) : caller.ScopeFor(company_id);
        var query = db.Tickets.AsNoTracking().Where(t => scope == null || t.CompanyId == scope);
        if (Words(status, "status", s => AutomationStatus.All.Contains(s) ? s : null) is { } statuses)
        {
            query = query.Where(t => statuses.Contains(t.AutomationStatus));
        }

        if (Words(estado, "estado", s => ListTickets.EstadoOf(s)?.ToString()) is { } names)
        {
            var estados = names.Select(Enum.Parse<Estado>).ToArray();
            query = query.Where(t => estados.Contains(t.Estado));
        }

        var (after, before) = (created_after?.ToUniversalTime(), created_before?.ToUniversalTime());
        query = query.Where(t => (merchant_id == null || t.MerchantId == merchant_id) && (after == null || t.CreatedAt > after) && (before == null || t.CreatedAt < before));
        context.Response.Headers["X-Total-Count"] = $"{await query.CountAsync(ct)}";
        var page = await paging.Of(query, t => t.CreatedAt, t => t.Id).ToListAsync(ct);
        paging.LinkNext(context, page, t => (t.CreatedAt, t.Id));
        return await EnhanceAsync(page, db, jobs, ct);
    }

    private static async Task<IReadOnlyList<EnhancedTicket>> EnhanceAsync(List<Ticket> page, TicketsDb db, JobsDirectory jobs, CancellationToken ct)
    {
        var ids = page.Select(t => t.Id).ToArray();
        var cfdis = await db.Cfdis.AsNoTracking().Where(c => ids.Contains(c.TicketId)).ToDictionaryAsync(c => c.TicketId, ct);
        var automation = await jobs.OfAsync(ids, ct);
        return [.. page.Select(t => new EnhancedTicket(t, automation.GetValueOrDefault($"{t.Id}", Automation.None), cfdis.GetValueOrDefault(t.Id)))];
    }

    private static string[]? Words(string? list, string name, Func<string, string?> known) => string.IsNullOrWhiteSpace(list) ? null
        : [.. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(w => known(w) ?? throw new ProblemException(Problem.Invalid(name, "invalid_value", $"«{w}» no es un valor de {name}.")))];
}
