using Invoicing.Tickets.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Endpoints;

/// <summary>GET /invoicing/merchants, and one of them at /invoicing/merchants/{id} and /invoicing/v2/merchants/{id}: the shared ones and the tenant's own.</summary>
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

    /// <summary>With the ETag that a change must name.</summary>
    public static async Task<IResult> One(long id, string? company_id, Caller caller, TicketsDb db, HttpResponse response, CancellationToken ct)
    {
        var scope = caller.ScopeFor(company_id);
        var merchant = await db.Merchants.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id && (scope == null || m.CompanyId == null || m.CompanyId == scope), ct);
        if (merchant is null)
        {
            return Unknown(id);
        }

        response.Headers.ETag = merchant.ETag;
        return Results.Json(AddMerchant.Of(merchant), Json.Options);
    }

    /// <summary>GET /internal/merchants/{id}?company_id=: 204 when the tenant sees one of this id.</summary>
    public static async Task<Results<NoContent, Problem>> Exists(long id, string company_id, TicketsDb db, CancellationToken ct) =>
        await db.Merchants.AnyAsync(m => m.Id == id && (m.CompanyId == null || m.CompanyId == company_id), ct) ? TypedResults.NoContent() : Unknown(id);

    internal static Problem Unknown(long id) => Problem.NotFound($"Merchant {id} no encontrado", "merchant_not_found");
}
