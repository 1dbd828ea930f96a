using Invoicing.Messages;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>DELETE /invoicing/v2/tenants/{company_id}/service-secrets/{name}.</summary>
public static class DeleteServiceSecret
{
    public static async Task<Results<NoContent, Problem>> Handle(string companyId, string name, Caller caller, TenantsDb db, TimeProvider time, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.ServiceSecrets.Where(s => s.CompanyId == companyId && s.Name == name).ExecuteDeleteAsync(ct) == 0)
        {
            return GetServiceSecret.Missing(name);
        }

        db.Publish(new TenantChanged(companyId, now), now);
        await db.SaveAuditedAsync(caller, () => new(companyId, "service_secret.deleted", name, null, null), now, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
