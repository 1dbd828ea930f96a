using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /invoicing/v2/admin/keys: key-encryption keys by id, which one is active, and how many secrets each still wraps.</summary>
public static class ListKeys
{
    /// <param name="Present">The key's file is there; a key that wraps secrets must not be taken away.</param>
    public sealed record Response(string KeyId, bool Active, bool Present, int Secrets);

    public static async Task<Ok<IEnumerable<Response>>> Handle(TenantsDb db, SecretKeys keys, CancellationToken ct)
    {
        var active = await db.ActiveKeyAsync(keys, ct);
        var used = await db.PortalCredentials.Select(c => c.Secret.KeyId).Concat(db.WebhookSecrets.Select(s => s.Secret.KeyId)).Concat(db.ServiceSecrets.Select(s => s.Secret.KeyId))
            .GroupBy(id => id).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var present = keys.Ids;
        return TypedResults.Ok(present.Union(used.Keys).Order(StringComparer.Ordinal)
            .Select(id => new Response(id, id == active, present.Contains(id), used.GetValueOrDefault(id))));
    }
}
