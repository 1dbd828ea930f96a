using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Invoicing.Messages;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>
/// PUT /invoicing/v2/tenants/{company_id}/service-secrets/{name}: <c>captcha_solving</c>, <c>claude_analysis</c> and <c>google_vision_ocr</c>
/// take <c>{key}</c>, <c>mailbox</c> takes <c>{host, port, username, password, folder?}</c>. Kept encrypted, never shown again.
/// </summary>
public static class PutServiceSecret
{
    private const int MaxLength = 2000;

    public static async Task<Results<Ok<GetServiceSecret.Response>, Problem>> Handle(
        string companyId, string name, Body<JsonObject> body, Caller caller, TenantsDb db, SecretKeys keys, Egress egress, TimeProvider time, CancellationToken ct)
    {
        caller.DemandTenant(companyId, Permission.manage_tenant);
        if ((CompanyIds.Refuse(companyId, null) ?? Refuse(name, body.Value, egress)) is { } refused)
        {
            return refused;
        }

        var now = time.GetUtcNow();
        var keyId = await db.ActiveKeyAsync(keys, ct);
        var secret = Envelope.Seal(keyId, keys.Read(keyId), JsonSerializer.SerializeToUtf8Bytes(body.Value), ServiceSecret.Place(companyId, name));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // All columns at once, whatever a rotation does to the row meanwhile.
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO service_secrets (company_id, name, key_id, wrapped_key, sealed, created_at, updated_at)
             VALUES ({companyId}, {name}, {secret.KeyId}, {secret.WrappedKey}, {secret.Sealed}, {now}, {now})
             ON CONFLICT (company_id, name) DO UPDATE SET
             key_id = excluded.key_id, wrapped_key = excluded.wrapped_key, sealed = excluded.sealed, updated_at = excluded.updated_at
             """, ct);
        db.Publish(new TenantChanged(companyId, now), now);
        await db.SaveAuditedAsync(caller, () => new(companyId, "service_secret.written", name, null, new { key_id = keyId }), now, ct);
        var stored = await db.ServiceSecrets.AsNoTracking().SingleAsync(s => s.CompanyId == companyId && s.Name == name, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(GetServiceSecret.Response.Of(stored));
    }

    private static Problem? Refuse(string name, JsonObject body, Egress egress)
    {
        if (!ServiceSecret.Fields.TryGetValue(name, out var fields))
        {
            return Problem.NotFound($"No se conoce el secreto {name}: los hay para {string.Join(", ", ServiceSecret.Fields.Keys)}.");
        }

        var missing = fields.Required.Where(f => body[f] is null).Select(f => new FieldProblem("/" + f, "required", $"{f} es obligatorio."));
        var wrong = body.Where(p => p.Value is not null && !IsText(p.Value)).Select(p => new FieldProblem("/" + p.Key, "invalid_type", $"Un valor es un texto de 1 a {MaxLength} caracteres."));
        var unknown = body.Where(p => !fields.Required.Contains(p.Key) && !fields.Optional.Contains(p.Key)).Select(p => new FieldProblem("/" + p.Key, "unknown_field", $"{name} no lleva {p.Key}."));
        return missing.Concat(wrong).Concat(unknown).ToArray() is { Length: > 0 } errors ? Problem.Invalid(errors) : name == ServiceSecret.Mailbox ? RefuseMailbox(body, egress) : null;
    }

    private static Problem? RefuseMailbox(JsonObject body, Egress egress)
    {
        var host = (string)body["host"]!;
        var here = host is "localhost" or "127.0.0.1";
        if (!int.TryParse((string)body["port"]!, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > 65535 || !here && port is not (143 or 993))
        {
            return Problem.Invalid("/port", "invalid_value", "port es 993 (TLS) o 143 (STARTTLS), como texto.");
        }

        // The mail's own ports are closed to web addresses, so the host alone is judged.
        return Uri.CheckHostName(host) == UriHostNameType.Unknown || egress.Refuse(here ? $"http://{host}:{port}/" : $"https://{host}/") is not null
            ? Problem.Invalid("/host", "forbidden_address", "host no es un servidor de correo al que se pueda llegar desde aquí.") : null;
    }

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length is > 0 and <= MaxLength;
}
