using Invoicing.Messages;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Invoicing.Tenants.Endpoints;

/// <summary>DELETE /invoicing/v2/tenants/{company_id}/api-keys/{id}: the key is refused from now on, and gets no tokens any more.</summary>
public static class RevokeApiKey
{
    public static async Task<Results<NoContent, Problem>> Handle(
        string companyId, string id, Caller caller, TenantsDb db, IOpenIddictApplicationManager clients, TimeProvider time, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockCompanyAsync(companyId, ct);
        var key = await db.ApiKeys.SingleOrDefaultAsync(k => k.CompanyId == companyId && k.Id == id, ct);
        if (key is null || !key.Revoke(now))
        {
            return Problem.NotFound($"Llave {id} no encontrada");
        }

        if (await clients.FindByClientIdAsync(id, ct) is { } client)
        {
            await clients.DeleteAsync(client, ct);
        }

        db.Publish(new CredentialChanged(companyId, key.Prefix, now), now);
        await db.SaveAuditedAsync(caller, () => new(companyId, "api_key.revoked", id, new { key.Name, key.Role, key.Prefix }, null), now, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
