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

        var remaining = await db.PortalCredentials.CountAsync(c => c.Secret.KeyId != target, ct) + await db.WebhookSecrets.CountAsync(s => s.Secret.KeyId != target, ct)
            + await db.ServiceSecrets.CountAsync(s => s.Secret.KeyId != target, ct);
        return TypedResults.Ok(new Response(target, rewrapped, remaining));
    }

    /// <summary>Each row is moved only if nobody wrote it meanwhile; what was missed is seen again by the next batch.</summary>
    private static async Task<int> RewrapBatchAsync(TenantsDb db, SecretKeys keys, string target, CancellationToken ct)
    {
        var moved = 0;
        foreach (var c in await db.PortalCredentials.AsNoTracking().Where(c => c.Secret.KeyId != target).Take(Batch).ToListAsync(ct))
        {
            var (old, rewrapped) = (c.Secret.WrappedKey, c.Rewrap(keys, target));
            moved += await db.PortalCredentials.Where(r => r.CompanyId == c.CompanyId && r.MerchantId == c.MerchantId && r.Secret.WrappedKey == old)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.Secret.KeyId, target).SetProperty(r => r.Secret.WrappedKey, rewrapped.WrappedKey), ct);
        }

        foreach (var o in await db.ServiceSecrets.AsNoTracking().Where(s => s.Secret.KeyId != target).Take(Batch).ToListAsync(ct))
        {
            var (old, rewrapped) = (o.Secret.WrappedKey, o.Rewrap(keys, target));
            moved += await db.ServiceSecrets.Where(r => r.CompanyId == o.CompanyId && r.Name == o.Name && r.Secret.WrappedKey == old)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.Secret.KeyId, target).SetProperty(r => r.Secret.WrappedKey, rewrapped.WrappedKey), ct);
        }

        foreach (var w in await db.WebhookSecrets.AsNoTracking().Where(w => w.Secret.KeyId != target).Take(Batch).ToListAsync(ct))
        {
            var (old, rewrapped) = (w.Secret.WrappedKey, w.Rewrap(keys, target));
            moved += await db.WebhookSecrets.Where(r => r.Id == w.Id && r.Secret.WrappedKey == old)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.Secret.KeyId, target).SetProperty(r => r.Secret.WrappedKey, rewrapped.WrappedKey), ct);
        }

        return moved;
    }
}
