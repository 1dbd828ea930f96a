using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/v2/bulk: the tenant's batches, newest first, without their items.</summary>
public static class ListBatches
{
    /// <param name="CompletedJobs">With their CFDI.</param>
    /// <param name="FailedJobs">Ended without one, cancelled ones too.</param>
    public sealed record View(
        string BatchId, string CompanyId, int TotalJobs, int CompletedJobs, int FailedJobs, string Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string StatusUrl);

    public static async Task<Results<Ok<List<View>>, Problem>> Handle(
        Caller caller, HttpContext http, Paging paging, string? status, string? company_id, JobsDb db, CancellationToken ct)
    {
        var (scope, words) = (caller.ScopeFor(company_id), Paging.Words(status));
        if (words.FirstOrDefault(s => !Enum.GetNames<BatchStatus>().Contains(s)) is { } unknown)
        {
            return Problem.Invalid("status", "invalid_value", $"status no conoce el valor «{unknown}».");
        }

        var wanted = words.Select(Enum.Parse<BatchStatus>).ToArray();
        var batches = db.Batches.AsNoTracking().Where(b => (scope == null || b.CompanyId == scope) && (wanted.Length == 0 || wanted.Contains(b.Status)));
        // While its items are taken in, a batch has as many jobs as there are.
        var found = await paging.Of(batches, b => b.CreatedAt, b => b.Id)
            .Select(b => new { Batch = b, Total = b.Accepting == null ? b.TotalJobs : db.Jobs.Count(j => j.BatchKey == b.Id) }).ToListAsync(ct);
        http.Response.Headers["X-Total-Count"] = (await batches.CountAsync(ct)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        paging.LinkNext(http, found, f => (f.Batch.CreatedAt, f.Batch.Id));
        return TypedResults.Ok(found.ConvertAll(f => Of(f.Batch, f.Total)));
    }

    private static View Of(Batch b, int total) => new(
        b.BatchId, b.CompanyId, total, b.CompletedJobs, b.FailedJobs, b.Status.ToString(), b.CreatedAt, b.UpdatedAt, $"/invoicing/v2/bulk/{b.BatchId}/status");
}
