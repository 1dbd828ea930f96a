using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>POST /invoicing/v2/bulk: one job for each ticket named or sent; what cannot be taken is listed with its index and does not fail the rest.</summary>
public static class CreateBatch
{
    public const int MostItems = 10_000;

    public sealed record Request : IValidatableObject
    {
        [Length(1, MostItems, ErrorMessage = "Se aceptan de 1 a 10,000 tickets por lote.")]
        public long[]? TicketIds { get; init; }

        /// <summary>Each with every field of POST /v2/tickets, and <c>key</c>: the client's own name for it, one ticket however often it is sent.</summary>
        [Length(1, MostItems, ErrorMessage = "Se aceptan de 1 a 10,000 tickets por lote.")]
        public JsonElement[]? Tickets { get; init; }

        [RegularExpression("^[A-Za-z0-9_-]{1,64}$", ErrorMessage = "batch_id admite de 1 a 64 letras, dígitos, guion y guion bajo.")]
        public string? BatchId { get; init; }

        [AllowedValues("baja", "normal", "alta", "urgente", null, ErrorMessage = "priority debe ser baja, normal, alta o urgente.")]
        public string? Priority { get; init; }

        [Range(1, 10, ErrorMessage = "max_concurrent debe estar entre 1 y 10.")]
        public int MaxConcurrent { get; init; } = 3;

        [StringLength(2000, ErrorMessage = "notification_webhook es demasiado largo.")]
        public string? NotificationWebhook { get; init; }

        [StringLength(100, ErrorMessage = "company_id es demasiado largo.")]
        public string? CompanyId { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => (TicketIds, Tickets) switch
        {
            (null, null) => [new ValidationResult("Envíe ticket_ids o tickets.", [nameof(TicketIds)])],
            (not null, not null) => [new ValidationResult("Envíe ticket_ids o tickets, no ambos.", [nameof(Tickets)])],
            _ => [],
        };
    }

    /// <param name="Code">not_found, duplicate_ticket, duplicate_key, already_accepted, daily_quota_exceeded, or why the item is no ticket.</param>
    /// <param name="Errors">The fields at fault, pointers from the item.</param>
    public sealed record Rejected(
        int Index, string Code, string Detail,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Key = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? TicketId = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FieldProblem>? Errors = null);

    public sealed record Response(
        string BatchId, int TotalTickets, IReadOnlyList<long> JobsCreated, IReadOnlyList<Rejected> Rejected, DateTimeOffset EstimatedCompletion, string StatusUrl);

    public static async Task<Results<Ok<Response>, Problem>> Handle(
        Body<Request> body, Caller caller, HttpContext http, JobsDb db, TenantDirectory tenants, Egress egress, BatchOfTickets known, BatchOfItems sent,
        TimeProvider time, CancellationToken ct)
    {
        var (request, now) = (body.Value, time.GetUtcNow());
        var company = caller.TenantFor(request.CompanyId ?? http.Request.Query["company_id"]);
        if (request.NotificationWebhook is { } hook && egress.Refuse(hook, httpsOnly: true) is { } why)
        {
            return Problem.Invalid("/notification_webhook", "forbidden_address", why);
        }

        if (await CreateJob.RefuseAsync(db, tenants, company, now, ct) is { } refusal)
        {
            return refusal;
        }

        var most = await CreateJob.LeftTodayAsync(db, await tenants.SettingsAsync(company, ct), now, ct);
        var batch = new Batch
        {
            BatchId = request.BatchId ?? NameOf(http, company), CompanyId = company, MaxConcurrent = request.MaxConcurrent,
            NotificationWebhook = request.NotificationWebhook, CreatedAt = now,
        };
        if (!await db.TryTakeAsync($"batch {company} {batch.BatchId}", ct))
        {
            return Exists(batch.BatchId);
        }

        return (request.Tickets is null ? await known.MakeAsync(batch, request, most, ct) : await sent.MakeAsync(batch, request, most, http, ct)) is { } made
            ? TypedResults.Ok(new Response(
                made.BatchId, request.TicketIds?.Length ?? request.Tickets!.Length, made.Jobs, [.. made.Rejected.OrderBy(r => r.Index)],
                now + await EstimateAsync(db, company, made.Jobs.Count, request.MaxConcurrent, now, ct), $"/invoicing/v2/bulk/{made.BatchId}/status"))
            : Exists(batch.BatchId);
    }

    /// <summary>What became of the request; null when another batch has its name.</summary>
    public sealed record Made(string BatchId, IReadOnlyList<long> Jobs, IReadOnlyList<Rejected> Rejected);

    private static Problem Exists(string id) => Problem.Conflict("batch_exists", $"Ya existe un lote llamado {id}.");

    /// <summary>The same Idempotency-Key names the same batch, so that a request cut short by a crash goes on when it is repeated.</summary>
    private static string NameOf(HttpContext http, string company) => http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key
        ? $"batch_{Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{company} {key}")))[..32]}"
        : $"batch_{Guid.CreateVersion7():N}";

    /// <summary>From what the tenant's jobs took in the last day; a minute each where nothing was measured.</summary>
    private static async Task<TimeSpan> EstimateAsync(JobsDb db, string company, int jobs, int abreast, DateTimeOffset now, CancellationToken ct)
    {
        var ended = await db.Jobs.AsNoTracking().Where(j => j.CompanyId == company && j.Estado == Estado.completado && j.CompletedAt > now.AddDays(-1) && j.StartedAt != null)
            .OrderByDescending(j => j.CompletedAt).Take(50).Select(j => new { j.StartedAt, j.CompletedAt }).ToListAsync(ct);
        var each = ended.Count > 0 ? ended.Average(j => (j.CompletedAt!.Value - j.StartedAt!.Value).TotalSeconds) : 60;
        return TimeSpan.FromSeconds(Math.Ceiling(each * jobs / abreast));
    }
}
