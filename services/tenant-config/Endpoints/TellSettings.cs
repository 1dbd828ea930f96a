using Invoicing.Messages;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /internal/tenants/{company_id}: limits and evaluated flags as they stand now; an unknown company has the defaults.</summary>
public static class TellSettings
{
    public static async Task<Ok<TenantSettings>> Handle(string companyId, TenantsDb db, TimeProvider time, CancellationToken ct)
    {
        var tenant = await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.CompanyId == companyId, ct) ?? Tenant.New(companyId, time.GetUtcNow());
        var features = await db.EvaluateAsync(companyId, null, ct);
        return TypedResults.Ok(new TenantSettings(
            companyId, tenant.MaxConcurrentJobs, tenant.MaxDailyJobs, tenant.StorageQuotaMb, tenant.WebhookUrl, tenant.CustomTimeoutSeconds, tenant.Weight,
            tenant.DailyLimitPolicy, features.ToDictionary(f => f.Flag.FeatureName, f => new FeatureState(f.Evaluation.Enabled, f.Evaluation.Variant, f.Config))));
    }
}
