using System.ComponentModel.DataAnnotations;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>POST /internal/api-keys/resolve: whose key this is; 404 for one that is unknown or revoked.</summary>
public static class ResolveApiKey
{
    private static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    public sealed record Request([property: Required] string? Key);

    public sealed record Response(string KeyId, string CompanyId, string Role, string Name);

    public static async Task<Results<Ok<Response>, Problem>> Handle(Body<Request> body, TenantsDb db, TimeProvider time, CancellationToken ct)
    {
        var hash = ApiKey.HashOf(body.Value.Key!);
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash && k.RevokedAt == null, ct);
        if (key is null)
        {
            return Problem.NotFound("Llave no encontrada");
        }

        var now = time.GetUtcNow();
        if (key.LastUsedAt is null || now - key.LastUsedAt > Precision)
        {
            await db.ApiKeys.Where(k => k.Id == key.Id).ExecuteUpdateAsync(s => s.SetProperty(k => k.LastUsedAt, now), ct);
        }

        return TypedResults.Ok(new Response(key.Id, key.CompanyId, key.Role, key.Name));
    }
}
