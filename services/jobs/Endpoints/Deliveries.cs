using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/v2/webhooks/deliveries and POST …/{id}/resend: what was sent to the tenant's receivers, and once more by hand.</summary>
public static class Deliveries
{
    /// <param name="Url">Null until the tenant's address has been looked up.</param>
    public sealed record View(
        string Id, string CompanyId, string Event, string? Url, long? JobId, string? BatchId, string Status, int Attempts, DateTimeOffset? NextAttemptAt,
        int? LastStatusCode, string? LastError, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public static View Of(WebhookDelivery d) => new(
            d.Id, d.CompanyId, d.Event, d.Url, d.JobId, d.BatchId, d.Status.ToString(), d.Attempts, d.NextAttemptAt, d.LastStatusCode, d.LastError, d.CreatedAt, d.UpdatedAt);
    }

    public static async Task<Results<Ok<View[]>, Problem>> List(
        Caller caller, HttpContext http, Paging paging, string? status, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "event")] string? named, long? job_id, string? batch_id,
        string? company_id, JobsDb db, CancellationToken ct)
    {
        var (scope, words, events) = (caller.ScopeFor(company_id), Paging.Words(status), Paging.Words(named));
        if (words.FirstOrDefault(w => !Enum.GetNames<DeliveryStatus>().Contains(w)) is { } odd)
        {
            return Problem.Invalid("status", "invalid_value", $"status no conoce el valor «{odd}».");
        }

        var wanted = words.Select(Enum.Parse<DeliveryStatus>).ToArray();
        var found = await paging.Of(
            db.Deliveries.AsNoTracking().Where(d => (scope == null || d.CompanyId == scope) && (wanted.Length == 0 || wanted.Contains(d.Status))
                && (events.Length == 0 || events.Contains(d.Event)) && (job_id == null || d.JobId == job_id) && (batch_id == null || d.BatchId == batch_id)),
            d => d.CreatedAt, d => d.Id).ToListAsync(ct);
        paging.LinkNext(http, found, d => (d.CreatedAt, d.Id));
        return TypedResults.Ok(found.Select(View.Of).ToArray());
    }

    public static async Task<Results<Ok<View>, Problem>> Resend(string id, Caller caller, string? company_id, JobsDb db, TimeProvider time, CancellationToken ct)
    {
        var scope = caller.ScopeFor(company_id);
        if (await db.Deliveries.FromSql($"SELECT * FROM webhook_deliveries WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct) is not { } delivery
            || scope is not null && delivery.CompanyId != scope)
        {
            return Problem.NotFound($"Envío {id} no encontrado");
        }

        delivery.Resend(time.GetUtcNow());
        await db.GoneReceivers.Where(g => g.CompanyId == delivery.CompanyId && g.Url == delivery.Url).ExecuteDeleteAsync(ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(View.Of(delivery));
    }
}
