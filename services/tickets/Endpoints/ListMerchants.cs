using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Endpoints;

/// <summary>GET /invoicing/merchants and /invoicing/merchants/{id}: the shared ones and the tenant's own.</summary>
public static class ListMerchants
{
    public static async Task<IReadOnlyList<AddMerchant.Response>> Handle(string? company_id, Caller caller, TicketsDb db, HttpResponse response, CancellationToken ct)
    {
        var company = caller.TenantFor(company_id);
        var all = await db.Merchants.AsNoTracking().Where(m => m.IsActive && (m.CompanyId == null || m.CompanyId == company))
            .OrderBy(m => EF.Functions.Collate(m.Nombre, "es-x-icu")).ThenBy(m => m.Id).ToListAsync(ct);
        response.Headers["X-Total-Count"] = $"{all.Count}";
        return [.. all.Select(AddMerchant.Of)];
    }

    public static async Task<IResult> One(long id, string? company_id, Caller caller, TicketsDb db, CancellationToken ct)
    {
        var scope = caller.ScopeFor(company_id);
        var merchant = await db.Merchants.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id && (scope == null || m.CompanyId == null || m.CompanyId == scope), ct);
        return merchant is null ? Problem.NotFound($"Merchant {id} no encontrado", "merchant_not_found") : Results.Json(AddMerchant.Of(merchant), Json.Options);
    }
}
