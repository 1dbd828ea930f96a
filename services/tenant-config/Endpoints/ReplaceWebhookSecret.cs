using Invoicing.Messages;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>POST /invoicing/v2/tenants/{company_id}/webhook-secret: a new signing secret, shown this once; the one before signs a day longer.</summary>
public static class ReplaceWebhookSecret
{
    public sealed record Response(string Secret, DateTimeOffset? PreviousValidUntil);

    public static async Task<Results<Ok<Response>, Problem>> Handle(
        string companyId, Caller caller, HttpContext http, TenantsDb db, SecretKeys keys, TimeProvider time, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        if (CompanyIds.Refuse(companyId, null) is { } misnamed)
        {
            return misnamed;
        }

        var now = time.GetUtcNow();
        var keyId = await db.ActiveKeyAsync(keys, ct);
        await using var transaction = await db.JoinTransactionAsync(ct);
        await db.LockCompanyAsync(companyId, ct);
        var current = await db.WebhookSecrets.SingleOrDefaultAsync(s => s.CompanyId == companyId && s.ValidUntil == null, ct);
        current?.Replace(now);
        await db.SaveChangesAsync(ct);
        var (row, secret) = WebhookSecret.New(companyId, keys, keyId, now);
        db.Add(row);
        db.Publish(new TenantChanged(companyId, now), now);
        await db.SaveAuditedAsync(caller, () => new(companyId, "webhook_secret.replaced", row.Id.ToString(), null, new { key_id = keyId }), now, ct);
        await (transaction?.CommitAsync(ct) ?? Task.CompletedTask);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Response(secret, current?.ValidUntil));
    }
}
