using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /invoicing/v2/tenants/{company_id}: limits and settings, with the ETag that a PUT must name.</summary>
public static class GetTenant
{
    /// <summary>Times are null for the defaults that an unknown company has in the local run.</summary>
    public sealed record Response(
        string CompanyId, int MaxConcurrentJobs, int MaxDailyJobs, int StorageQuotaMb, string? WebhookUrl, int CustomTimeoutSeconds, int Weight,
        string DailyLimitPolicy, int? RetentionDays, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt)
    {
        public static Response Of(Tenant t, bool stored = true) => new(
            t.CompanyId, t.MaxConcurrentJobs, t.MaxDailyJobs, t.StorageQuotaMb, t.WebhookUrl, t.CustomTimeoutSeconds, t.Weight, t.DailyLimitPolicy, t.RetentionDays,
            stored ? t.CreatedAt : null, stored ? t.UpdatedAt : null);
    }

    public static async Task<Results<Ok<Response>, Problem>> Handle(
        string companyId, Caller caller, HttpContext http, TenantsDb db, TimeProvider time, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.read_automation);
        var tenant = await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.CompanyId == companyId, ct);
        if (tenant is null)
        {
            return caller.Anonymous
                ? TypedResults.Ok(Response.Of(Tenant.New(companyId, time.GetUtcNow()), stored: false))
                : Problem.NotFound($"Empresa {companyId} no encontrada");
        }

        http.Response.Headers.ETag = tenant.ETag;
        return TypedResults.Ok(Response.Of(tenant));
    }
}
