using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /invoicing/v2/tenants: the companies with settings of their own, newest first; for the platform's administrators. <c>search</c> is a part of the company's id.</summary>
public static class ListTenants
{
    public static async Task<Ok<List<GetTenant.Response>>> Handle(
        Caller caller, HttpContext http, Paging paging, string? search, string? company_id, TenantsDb db, CancellationToken ct)
    {
        caller.Demand(Permission.admin_system);
        var like = search is { Length: > 0 } ? $"%{search.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%" : null;
        var tenants = db.Tenants.AsNoTracking()
            .Where(t => (company_id == null || t.CompanyId == company_id) && (like == null || EF.Functions.ILike(t.CompanyId, like, "\\")));
        var found = await paging.Of(tenants, t => t.CreatedAt, t => t.Id).ToListAsync(ct);
        http.Response.Headers["X-Total-Count"] = (await tenants.CountAsync(ct)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        paging.LinkNext(http, found, t => (t.CreatedAt, t.Id));
        return TypedResults.Ok(found.ConvertAll(t => GetTenant.Response.Of(t)));
    }
}
