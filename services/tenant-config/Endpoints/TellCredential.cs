using System.Security.Cryptography;
using System.Text.Json;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /internal/tenants/{company_id}/credentials/{merchant_id}: the opened credential, for the worker alone. Each reading is audited.</summary>
public static class TellCredential
{
    public sealed record Response(string Username, string Password, IReadOnlyDictionary<string, string> Extra);

    public static async Task<Results<Ok<Response>, Problem>> Handle(
        string companyId, long merchantId, Caller caller, HttpContext http, TenantsDb db, SecretKeys keys, TimeProvider time, CancellationToken ct)
    {
        var credential = await db.PortalCredentials.AsNoTracking().SingleOrDefaultAsync(c => c.CompanyId == companyId && c.MerchantId == merchantId, ct);
        if (credential is null)
        {
            return Problem.NotFound($"No hay credencial para el comercio {merchantId}");
        }

        var plain = credential.Open(keys);
        try
        {
            var values = JsonSerializer.Deserialize<Dictionary<string, string?>>(plain)!;
            await db.SaveAuditedAsync(caller, () => new(companyId, "credential.read", $"{merchantId}", null, null), time.GetUtcNow(), ct);
            http.Response.Headers.CacheControl = "no-store";
            return TypedResults.Ok(new Response(values["username"]!, values["password"]!,
                values.Where(v => v.Value is not null && v.Key is not ("username" or "password")).ToDictionary(v => v.Key, v => v.Value!)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}
