using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /invoicing/v2/tenants/{company_id}/service-secrets/{name}: that there is one and under which key, nothing of it.</summary>
public static class GetServiceSecret
{
    public sealed record Response(string CompanyId, string Name, string KeyId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public static Response Of(ServiceSecret s) => new(s.CompanyId, s.Name, s.Secret.KeyId, s.CreatedAt, s.UpdatedAt);
    }

    public static async Task<Results<Ok<Response>, Problem>> Handle(string companyId, string name, Caller caller, TenantsDb db, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        return await db.ServiceSecrets.AsNoTracking().SingleOrDefaultAsync(s => s.CompanyId == companyId && s.Name == name, ct) is { } secret ? TypedResults.Ok(Response.Of(secret)) : Missing(name);
    }

    internal static Problem Missing(string name) => Problem.NotFound($"No hay un secreto {name}");
}
