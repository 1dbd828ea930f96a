using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Endpoints;

/// <summary>GET /invoicing/tickets: a tenant's tickets, newest first (v1).</summary>
public static class ListTickets
{
    public sealed record Filters(string CompanyId, string? Estado, int Limit, int Offset);

    /// <param name="Total">All that match, not the length of the page.</param>
    public sealed record Response(bool Success, int Total, IReadOnlyList<ListedTicket> Tickets, Filters Filters);

    public static async Task<Response> Handle(
        Caller caller, TicketsDb db, HttpResponse response, CancellationToken ct, string? company_id = null, string? estado = null, int limit = 50, int offset = 0)
    {
        var company = caller.TenantFor(company_id);
        var query = db.Tickets.AsNoTracking().Where(t => t.CompanyId == company);
        if (!string.IsNullOrWhiteSpace(estado))
        {
            var wanted = estado.Split(',', StringSplitOptions.TrimEntries).Select(EstadoOf).OfType<Estado>().ToArray();
            query = query.Where(t => wanted.Contains(t.Estado));
        }

        var total = await query.CountAsync(ct);
        var (take, skip) = (Math.Clamp(limit, 1, 500), Math.Max(offset, 0));
        var page = await query.OrderByDescending(t => t.CreatedAt).ThenByDescending(t => t.Id).Skip(skip).Take(take).ToListAsync(ct);
        response.Headers["X-Total-Count"] = $"{total}";
        return new Response(true, total, [.. page.Select(t => new ListedTicket(t))], new Filters(company, estado, take, skip));
    }

    /// <summary>Words of the replaced system are understood; an unknown one matches nothing, as there.</summary>
    internal static Estado? EstadoOf(string word) => word switch
    {
        "procesado" or "facturado" => Estado.completado,
        "error" => Estado.fallido,
        "revision_manual" => Estado.procesando,
        _ => Enum.TryParse<Estado>(word, out var estado) && Enum.IsDefined(estado) ? estado : null,
    };
}
