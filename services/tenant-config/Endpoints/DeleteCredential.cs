using Invoicing.Messages;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>DELETE /invoicing/v2/tenants/{company_id}/credentials/{merchant_id}.</summary>
public static class DeleteCredential
{
    public static async Task<Results<NoContent, Problem>> Handle(
        string companyId, long merchantId, Caller caller, TenantsDb db, TimeProvider time, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.PortalCredentials.Where(c => c.CompanyId == companyId && c.MerchantId == merchantId).ExecuteDeleteAsync(ct) == 0)
        {
            return Problem.NotFound($"No hay credencial para el comercio {merchantId}");
        }

        db.Publish(new TenantChanged(companyId, now), now);
        await db.SaveAuditedAsync(caller, () => new(companyId, "credential.deleted", $"{merchantId}", null, null), now, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
