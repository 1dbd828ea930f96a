using Invoicing.Tenants.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants;

/// <summary>From when on a key-encryption key is the one that new secrets are wrapped under; the last one counts, for all replicas.</summary>
public sealed class KeyActivation
{
    public long Id { get; private set; }
    public required string KeyId { get; init; }
    public required DateTimeOffset ActivatedAt { get; init; }
}

public static class ActiveKey
{
    /// <summary>The key activated last, or where none ever was, the newest in the folder.</summary>
    /// <exception cref="ProblemException">503 <c>key_unavailable</c>.</exception>
    public static async Task<string> ActiveKeyAsync(this TenantsDb db, SecretKeys keys, CancellationToken ct) =>
        await db.KeyActivations.OrderByDescending(a => a.Id).Select(a => a.KeyId).FirstOrDefaultAsync(ct)
        ?? keys.Newest;
}
