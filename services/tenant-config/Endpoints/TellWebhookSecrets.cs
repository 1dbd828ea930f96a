using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /internal/tenants/{company_id}/webhook-secrets: what to sign with, newest first. A company that has none yet gets one.</summary>
public static class TellWebhookSecrets
{
    public sealed record Response(IReadOnlyList<string> Secrets);

    public static async Task<Ok<Response>> Handle(string companyId, TenantsDb db, SecretKeys keys, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var valid = db.WebhookSecrets.AsNoTracking().Where(s => s.CompanyId == companyId && (s.ValidUntil == null || s.ValidUntil > now))
            .OrderByDescending(s => s.ValidUntil == null).ThenByDescending(s => s.ValidUntil).Take(2);
        var rows = await valid.ToListAsync(ct);
        if (rows.Count == 0)
        {
            await MakeAsync(companyId, db, keys, now, ct);
            rows = await valid.ToListAsync(ct);
        }

        return TypedResults.Ok(new Response([.. rows.Select(r => r.Open(keys))]));
    }

    private static async Task MakeAsync(string companyId, TenantsDb db, SecretKeys keys, DateTimeOffset now, CancellationToken ct)
    {
        var (row, _) = WebhookSecret.New(companyId, keys, await db.ActiveKeyAsync(keys, ct), now);
        try
        {
            db.Add(row);
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicate())
        {
            // Somebody asked at the same moment; theirs counts.
            db.Entry(row).State = EntityState.Detached;
        }
    }
}
