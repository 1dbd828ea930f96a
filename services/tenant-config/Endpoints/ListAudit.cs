using System.Text.Json.Nodes;
using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>GET /invoicing/v2/admin/audit: who did what, newest first, of one company or all.</summary>
public static class ListAudit
{
    public sealed record Response(
        long Sequence, DateTimeOffset At, string Actor, string Role, string CompanyId, string Action, string Target, JsonNode? Before, JsonNode? After, string Hash);

    public static async Task<Results<Ok<IEnumerable<Response>>, Problem>> Handle(
        string? company_id, string? action, TenantsDb db, CancellationToken ct, int limit = 50, int offset = 0)
    {
        if (limit is < 1 or > 200 || offset < 0)
        {
            return Problem.Invalid(limit is < 1 or > 200 ? "limit" : "offset", "out_of_range", "limit va de 1 a 200 y offset desde 0.");
        }

        var entries = await db.Audit.AsNoTracking()
            .Where(e => (company_id == null || e.CompanyId == company_id) && (action == null || e.Action == action))
            .OrderByDescending(e => e.Sequence).Skip(offset).Take(limit).ToListAsync(ct);
        return TypedResults.Ok(entries.Select(e => new Response(
            e.Sequence, e.At, e.Actor, e.Role, e.CompanyId, e.Action, e.Target, Node(e.Before), Node(e.After), e.Hash)));
    }

    private static JsonNode? Node(string? json) => json is null ? null : JsonNode.Parse(json);
}
