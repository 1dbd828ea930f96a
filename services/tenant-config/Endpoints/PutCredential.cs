using System.Text.Json;
using System.Text.Json.Nodes;
using Invoicing.Messages;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>
/// PUT /invoicing/v2/tenants/{company_id}/credentials/{merchant_id}: <c>{username, password, …}</c>, every value a text. Kept encrypted,
/// never shown again.
/// </summary>
public static class PutCredential
{
    private const int MaxFields = 20;
    private const int MaxLength = 2000;

    public static async Task<Results<Ok<GetCredential.Response>, Problem>> Handle(
        string companyId, long merchantId, Body<JsonObject> body, Caller caller, TenantsDb db, SecretKeys keys, TimeProvider time, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        if ((CompanyIds.Refuse(companyId, null) ?? Refuse(body.Value)) is { } refused)
        {
            return refused;
        }

        var now = time.GetUtcNow();
        var keyId = await db.ActiveKeyAsync(keys, ct);
        var plain = JsonSerializer.SerializeToUtf8Bytes(body.Value);
        var secret = Envelope.Seal(keyId, keys.Read(keyId), plain, PortalCredential.Place(companyId, merchantId));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // All columns at once, whatever a rotation does to the row meanwhile.
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO portal_credentials (company_id, merchant_id, key_id, wrapped_key, sealed, created_at, updated_at)
             VALUES ({companyId}, {merchantId}, {secret.KeyId}, {secret.WrappedKey}, {secret.Sealed}, {now}, {now})
             ON CONFLICT (company_id, merchant_id) DO UPDATE SET
             key_id = excluded.key_id, wrapped_key = excluded.wrapped_key, sealed = excluded.sealed, updated_at = excluded.updated_at
             """, ct);
        db.Publish(new TenantChanged(companyId, now), now);
        await db.SaveAuditedAsync(caller, () => new(companyId, "credential.written", $"{merchantId}", null, new { key_id = keyId }), now, ct);
        var stored = await db.PortalCredentials.AsNoTracking().SingleAsync(c => c.CompanyId == companyId && c.MerchantId == merchantId, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(GetCredential.Response.Of(stored));
    }

    private static Problem? Refuse(JsonObject body)
    {
        var missing = new[] { "username", "password" }.Where(n => !IsText(body[n])).Select(n => new FieldProblem("/" + n, "required", $"{n} es obligatorio y es un texto.")).ToArray();
        var wrong = body.Where(p => p.Value is not null && !IsText(p.Value)).Select(p => new FieldProblem("/" + p.Key, "invalid_type", $"Un valor es un texto de 1 a {MaxLength} caracteres."));
        return missing.Length > 0 ? Problem.Invalid(missing)
            : body.Count > MaxFields ? Problem.Invalid("", "too_many", $"Una credencial lleva a lo más {MaxFields} valores.")
            : wrong.ToArray() is { Length: > 0 } errors ? Problem.Invalid(errors) : null;
    }

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length is > 0 and <= MaxLength;
}
