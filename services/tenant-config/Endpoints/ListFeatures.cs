using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /invoicing/v2/tenants/{company_id}/features: every flag somebody set for the company or for all, by name.</summary>
public static class ListFeatures
{
    public static async Task<Ok<IEnumerable<GetFeature.Response>>> Handle(string companyId, Caller caller, TenantsDb db, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.read_automation);
        var features = await db.EvaluateAsync(companyId, null, ct);
        return TypedResults.Ok(features.Select(f => GetFeature.Response.Of(companyId, f)));
    }
}
