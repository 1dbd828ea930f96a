using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>
/// POST /invoicing/v2/admin/keys/rotate: makes the newest key of the folder (or the one named in <c>key_id</c>) the active one and wraps every
/// secret under it. Readers are never stopped; a call that was cut short is finished by the next.
/// </summary>
public static class RotateKeys
{
    private const int Batch = 100;

    /// <param name="Remaining">Secrets not under the active key; 0 means the others may be taken away.</param>
    public sealed record Response(string ActiveKeyId, int Rewrapped, int Remaining);

    public static async Task<Results<Ok<Response>, Problem>> Handle(
        string? key_id, Caller caller, TenantsDb db, SecretKeys keys, TimeProvider time, CancellationToken ct)
    {
        var target = key_id ?? keys.Newest;
        if (!keys.Ids.Contains(target))
        {
            return Problem.NotFound($"No existe la llave {target}");
        }

        keys.Read(target);
        var now = time.GetUtcNow();
        var before = await db.ActiveKeyAsync(keys, ct);
        if (!await db.KeyActivations.AnyAsync(ct) || before != target)
        {
            db.Add(new KeyActivation { KeyId = target, ActivatedAt = now });
            await db.SaveAuditedAsync(caller, () => new("", "key.activated", target, new { key_id = before }, new { key_id = target }), now, ct);
        }

        var rewrapped = 0;
        for (int done; (done = await RewrapBatchAsync(db, keys, target, ct)) > 0;)
        {
            rewrapped += done;
        }

        var remaining = await db.PortalCredentials.CountAsync(c => c.Secret.KeyId != target, ct) + await db.WebhookSecrets.CountAsync(s => s.Secret.KeyId != target, ct);
        return TypedResults.Ok(new Response(target, rewrapped, remaining));
    }

    private static async Task<int> RewrapBatchAsync(TenantsDb db, SecretKeys keys, string target, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Composed on purpose: read directly, EF looks for the envelope's columns under names of its own.
        var credentials = await db.PortalCredentials.FromSql(
            $"SELECT * FROM portal_credentials WHERE key_id <> {target} LIMIT {Batch} FOR UPDATE SKIP LOCKED").OrderBy(c => c.CompanyId).ToListAsync(ct);
        var webhooks = await db.WebhookSecrets.FromSql(
            $"SELECT * FROM webhook_secrets WHERE key_id <> {target} LIMIT {Batch} FOR UPDATE SKIP LOCKED").OrderBy(w => w.CompanyId).ToListAsync(ct);
        credentials.ForEach(c => c.Rewrap(keys, target));
        webhooks.ForEach(w => w.Rewrap(keys, target));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return credentials.Count + webhooks.Count;
    }
}
