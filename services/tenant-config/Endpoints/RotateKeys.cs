using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>
/// POST /invoicing/v2/admin/keys/rotate: makes the newest key (or the one named in <c>key_id</c>) the active one and wraps the first secrets
/// under it; <see cref="Rewrapping"/> goes on with the others. Readers are never stopped. GET /invoicing/v2/admin/keys tells the progress.
/// </summary>
public static class RotateKeys
{
    /// <param name="Rewrapped">In this call.</param>
    /// <param name="Remaining">Secrets not yet under the active key; at 0 the others may be taken away.</param>
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

        var rewrapped = await db.RewrapSomeAsync(keys, target, ct);
        return TypedResults.Ok(new Response(target, rewrapped, await db.CountUnderOtherKeysAsync(target, ct)));
    }
}
