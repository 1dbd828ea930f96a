using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /internal/tenants/{company_id}/service-secrets/{name}: the opened secret, for the service that uses it. Each reading is audited.</summary>
public static class TellServiceSecret
{
    public sealed record Response(IReadOnlyDictionary<string, string> Values);

    /// <param name="UpdatedAt">Grows when it is written anew.</param>
    public sealed record Known(string CompanyId, DateTimeOffset UpdatedAt);

    public static async Task<Results<Ok<Response>, Problem>> Handle(
        string companyId, string name, Caller caller, HttpContext http, TenantsDb db, SecretKeys keys, TimeProvider time, CancellationToken ct)
    {
        if (await db.ServiceSecrets.AsNoTracking().SingleOrDefaultAsync(s => s.CompanyId == companyId && s.Name == name, ct) is not { } secret)
        {
            return GetServiceSecret.Missing(name);
        }

        var values = secret.Open(keys);
        await db.SaveAuditedAsync(caller, () => new(companyId, "service_secret.read", name, null, null), time.GetUtcNow(), ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Response(values));
    }

    /// <summary>GET /internal/service-secrets/{name}: who has one, nothing of it.</summary>
    public static async Task<Ok<Known[]>> List(string name, TenantsDb db, CancellationToken ct) =>
        TypedResults.Ok(await db.ServiceSecrets.AsNoTracking().Where(s => s.Name == name).OrderBy(s => s.CompanyId).Select(s => new Known(s.CompanyId, s.UpdatedAt)).ToArrayAsync(ct));
}
