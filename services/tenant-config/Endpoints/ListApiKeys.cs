using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /invoicing/v2/tenants/{company_id}/api-keys: those in force, newest first, never their secrets.</summary>
public static class ListApiKeys
{
    public sealed record Response(string Id, string Name, string Role, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

    public static async Task<Ok<List<Response>>> Handle(string companyId, Caller caller, TenantsDb db, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        return TypedResults.Ok(await db.ApiKeys.Where(k => k.CompanyId == companyId && k.RevokedAt == null).OrderByDescending(k => k.CreatedAt).ThenByDescending(k => k.Id)
            .Select(k => new Response(k.Id, k.Name, k.Role, k.Prefix, k.CreatedAt, k.LastUsedAt)).ToListAsync(ct));
    }
}
