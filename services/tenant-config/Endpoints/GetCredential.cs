using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /invoicing/v2/tenants/{company_id}/credentials/{merchant_id}: that there is one and under which key, nothing of it.</summary>
public static class GetCredential
{
    public sealed record Response(string CompanyId, long MerchantId, string KeyId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public static Response Of(PortalCredential c) => new(c.CompanyId, c.MerchantId, c.Secret.KeyId, c.CreatedAt, c.UpdatedAt);
    }

    public static async Task<Results<Ok<Response>, Problem>> Handle(string companyId, long merchantId, Caller caller, TenantsDb db, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        var credential = await db.PortalCredentials.AsNoTracking().SingleOrDefaultAsync(c => c.CompanyId == companyId && c.MerchantId == merchantId, ct);
        return credential is null ? Problem.NotFound($"No hay credencial para el comercio {merchantId}") : TypedResults.Ok(Response.Of(credential));
    }
}
