using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/jobs and POST /invoicing/jobs/{id}/process, as v1 clients know them.</summary>
public static class JobsV1
{
    public sealed record Result(string? Outcome, string? OutcomeDetail, string? FinalUrl, IReadOnlyList<string> DownloadedFiles)
    {
        public static Result? Of(AutomationJob j) => j.Phase == Phase.closed ? new Result(j.Outcome, j.OutcomeDetail, j.FinalUrl, j.DownloadedFiles) : null;
    }

    public sealed record Row(
        long Id, long TicketId, long? MerchantId, string? MerchantName, string Estado, Result? Resultado, string? ErrorMessage, int RetryCount,
        DateTimeOffset? ScheduledAt, DateTimeOffset? CompletedAt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string CompanyId)
    {
        public static Row Of(AutomationJob j) => new(
            j.Id, j.TicketId, j.MerchantId, j.MerchantName, j.Estado.ToString(),
            Result.Of(j), j.ErrorMessage, j.RetryCount,
            j.ScheduledAt ?? j.CreatedAt, j.CompletedAt, j.CreatedAt, j.UpdatedAt, j.CompanyId);
    }

    public sealed record Listing(bool Success, int Total, IReadOnlyList<Row> Jobs, string CompanyId);

    public sealed record Processed(bool Success, long JobId, long TicketId, string Status);

    public static async Task<Results<Ok<Listing>, Problem>> List(
        Caller caller, HttpContext http, string? company_id, string? estado, int? limit, int? offset, JobsDb db, CancellationToken ct)
    {
        var company = caller.TenantFor(company_id);
        var wanted = (estado ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (wanted.FirstOrDefault(e => !Enum.GetNames<Estado>().Contains(e)) is { } odd)
        {
            return Problem.Invalid("estado", "invalid_value", $"estado no conoce el valor «{odd}».");
        }

        var estados = wanted.Select(Enum.Parse<Estado>).ToArray();
        var jobs = db.Jobs.AsNoTracking().Where(j => j.CompanyId == company && (estados.Length == 0 || estados.Contains(j.Estado)));
        var total = await jobs.CountAsync(ct);
        var page = await jobs.OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id)
            .Skip(Math.Max(0, offset ?? 0)).Take(Math.Clamp(limit ?? 50, 1, 500)).ToListAsync(ct);
        http.Response.Headers["X-Total-Count"] = total.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return TypedResults.Ok(new Listing(true, total, [.. page.Select(Row.Of)], company));
    }

    public static async Task<Results<Ok<Processed>, Problem>> Process(
        long id, Caller caller, string? company_id, JobsDb db, Lookup lookup, Admission admission, TimeProvider time, CancellationToken ct)
    {
        if (await lookup.LockJobAsync(id, caller.ScopeFor(company_id), ct) is not { } job)
        {
            return Lookup.NoJob(id);
        }

        if (!job.IsOpen)
        {
            return Problem.Conflict("already_ended", $"El trabajo {id} ya terminó.");
        }

        var now = time.GetUtcNow();
        if (job.Release() || job.Phase == Phase.queued)
        {
            await CommandJob.AdmitAsync(db, admission, job, now, ct);
            job.RunNow(now);
            await db.SaveChangesAsync(ct);
        }

        return TypedResults.Ok(new Processed(true, id, job.TicketId, job.AutomationStatus));
    }
}
