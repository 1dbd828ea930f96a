using System.ComponentModel.DataAnnotations;
using Invoicing.Messages;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>PUT /invoicing/v2/tenants/{company_id}: creates (platform_admin) or changes the fields given, under If-Match.</summary>
public static class PutTenant
{
    public sealed record Request(
        string? CompanyId,
        [property: Range(1, 1_000, ErrorMessage = "max_concurrent_jobs va de 1 a 1,000.")] int? MaxConcurrentJobs,
        [property: Range(1, 1_000_000, ErrorMessage = "max_daily_jobs va de 1 a 1,000,000.")] int? MaxDailyJobs,
        [property: Range(1, 10_000_000, ErrorMessage = "storage_quota_mb va de 1 a 10,000,000.")] int? StorageQuotaMb,
        [property: StringLength(2000, ErrorMessage = "webhook_url tiene a lo más 2,000 caracteres.")] string? WebhookUrl,
        [property: Range(30, 3_600, ErrorMessage = "custom_timeout_seconds va de 30 a 3,600.")] int? CustomTimeoutSeconds,
        [property: Range(1, 100, ErrorMessage = "weight va de 1 a 100.")] int? Weight,
        [property: AllowedValues(null, "wait", "reject", ErrorMessage = "daily_limit_policy es wait o reject.")] string? DailyLimitPolicy,
        [property: Range(0, 3_650, ErrorMessage = "retention_days va de 30 a 3,650; 0 conserva los datos sin límite.")] int? RetentionDays);

    public static async Task<Results<Ok<GetTenant.Response>, Problem>> Handle(
        string companyId, Body<Request> body, Caller caller, HttpContext http, TenantsDb db, Egress egress, TimeProvider time, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        var request = body.Value;
        if (CompanyIds.Refuse(companyId, request.CompanyId) is { } misnamed)
        {
            return misnamed;
        }

        if (!string.IsNullOrEmpty(request.WebhookUrl) && egress.Refuse(request.WebhookUrl, httpsOnly: true) is { } why)
        {
            return new Problem(422, "forbidden_address", why, [new FieldProblem("/webhook_url", "forbidden_address", why)]);
        }

        if (request.RetentionDays is > 0 and < 30)
        {
            return Problem.Invalid("/retention_days", "invalid_value", "retention_days va de 30 a 3,650; 0 conserva los datos sin límite.");
        }

        var stored = await db.Tenants.SingleOrDefaultAsync(t => t.CompanyId == companyId, ct);
        if (stored is null && !caller.IsPlatform())
        {
            return Problem.NotFound($"Empresa {companyId} no encontrada");
        }

        return Preconditions.Refuse(http.Request, stored?.ETag) is { } refused
            ? refused
            : await SaveAsync(stored, companyId, Change(request), caller, http, db, time.GetUtcNow(), ct);
    }

    private static async Task<Results<Ok<GetTenant.Response>, Problem>> SaveAsync(
        Tenant? stored, string companyId, TenantChange change, Caller caller, HttpContext http, TenantsDb db, DateTimeOffset now, CancellationToken ct)
    {
        var tenant = stored ?? db.Add(Tenant.New(companyId, now)).Entity;
        if (!caller.IsPlatform() && tenant.IsLimited(change))
        {
            return new Problem(403, "permission_denied", $"Permission denied: {Permission.admin_system} required");
        }

        var before = stored is null ? null : GetTenant.Response.Of(stored);
        tenant.Change(change, now);
        db.Publish(new TenantChanged(companyId, now), now);
        try
        {
            await db.SaveAuditedAsync(caller, () => new(companyId, stored is null ? "tenant.created" : "tenant.changed", companyId, before, GetTenant.Response.Of(tenant)), now, ct);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.IsDuplicate())
        {
            return Preconditions.Stale;
        }

        http.Response.Headers.ETag = tenant.ETag;
        return TypedResults.Ok(GetTenant.Response.Of(tenant));
    }

    private static TenantChange Change(Request r) =>
        new(r.MaxConcurrentJobs, r.MaxDailyJobs, r.StorageQuotaMb, r.WebhookUrl?.Trim(), r.CustomTimeoutSeconds, r.Weight, r.DailyLimitPolicy, r.RetentionDays);
}
