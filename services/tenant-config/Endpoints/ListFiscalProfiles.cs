using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /invoicing/v2/tenants/{company_id}/fiscal-profiles: newest first.</summary>
public static class ListFiscalProfiles
{
    public static async Task<Ok<IEnumerable<GetFiscalProfile.Response>>> Handle(string companyId, Caller caller, TenantsDb db, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.read_automation);
        var profiles = await db.FiscalProfiles.AsNoTracking().Where(p => p.CompanyId == companyId).OrderByDescending(p => p.Id).ToListAsync(ct);
        return TypedResults.Ok(profiles.Select(GetFiscalProfile.Response.Of));
    }
}
