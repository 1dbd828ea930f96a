using Invoicing.Tenants.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Endpoints;

/// <summary>
/// GET /invoicing/v2/admin/audit/verification: computes the whole chain again; an altered or missing entry is named. Texts may be gone only
/// where the company was erased later.
/// </summary>
public static class VerifyAudit
{
    /// <param name="FirstBroken">Sequence of the first entry that does not follow; null when all do.</param>
    public sealed record Response(bool Valid, long Entries, long? FirstBroken);

    public static async Task<Ok<Response>> Handle(TenantsDb db, CancellationToken ct)
    {
        AuditEntry? previous = null;
        var (count, forgotten) = (0L, new Dictionary<string, long>());
        await foreach (var entry in db.Audit.AsNoTracking().OrderBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (!entry.Follows(previous))
            {
                return TypedResults.Ok(new Response(false, count, entry.Sequence));
            }

            if (entry.Forgotten)
            {
                forgotten.TryAdd(entry.CompanyId, entry.Sequence);
            }
            else if (entry.Action == Erasure.Requested)
            {
                forgotten.Remove(entry.CompanyId);
            }

            previous = entry;
            count++;
        }

        return TypedResults.Ok(new Response(forgotten.Count == 0, count, forgotten.Count == 0 ? null : forgotten.Values.Min()));
    }
}
