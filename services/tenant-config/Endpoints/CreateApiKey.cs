using System.ComponentModel.DataAnnotations;
using Invoicing.Messages;
using Invoicing.Tenants.Db;
using Invoicing.Tenants.OAuth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Invoicing.Tenants.Endpoints;

/// <summary>
/// POST /invoicing/v2/tenants/{company_id}/api-keys: a new key, shown this once. It is an OAuth client too (client_id = id, client_secret = key).
/// A name has two keys at most, so that one can follow the other.
/// </summary>
public static class CreateApiKey
{
    public sealed record Request(
        [property: Required(ErrorMessage = "name es obligatorio."), StringLength(100, ErrorMessage = "name tiene a lo más 100 caracteres.")] string? Name,
        [property: Required(ErrorMessage = "role es obligatorio."), AllowedValues("viewer", "operator", "admin", ErrorMessage = "role es viewer, operator o admin.")] string? Role);

    public sealed record Response(string Id, string Name, string Role, string Prefix, string Key, DateTimeOffset CreatedAt);

    public static async Task<Results<Ok<Response>, Problem>> Handle(
        string companyId, Body<Request> body, Caller caller, HttpContext http, TenantsDb db, IOpenIddictApplicationManager clients, TimeProvider time, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        if (CompanyIds.Refuse(companyId, null) is { } misnamed)
        {
            return misnamed;
        }

        var now = time.GetUtcNow();
        var role = Enum.Parse<Role>(body.Value.Role!);
        var name = body.Value.Name!.Trim();
        await using var transaction = await db.JoinTransactionAsync(ct);
        await db.LockCompanyAsync(companyId, ct);
        if (await db.ApiKeys.CountAsync(k => k.CompanyId == companyId && k.Name == name && k.RevokedAt == null, ct) >= ApiKey.ActivePerName)
        {
            return Problem.Conflict("too_many_active_keys", $"«{name}» ya tiene {ApiKey.ActivePerName} llaves activas: revoque una antes de crear otra.");
        }

        var (key, secret) = ApiKey.New(companyId, name, role, now);
        db.Add(key);
        db.Publish(new CredentialChanged(companyId, key.Prefix, now), now);
        await clients.CreateAsync(OAuthClient.Describe(key.Id, secret, name, companyId, role), ct);
        await db.SaveAuditedAsync(caller, () => new(companyId, "api_key.created", key.Id, null, new { key.Name, key.Role, key.Prefix }), now, ct);
        await (transaction?.CommitAsync(ct) ?? Task.CompletedTask);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Response(key.Id, key.Name, key.Role, key.Prefix, secret, key.CreatedAt));
    }
}
