using System.ComponentModel.DataAnnotations;
using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>POST /invoicing/v2/bulk: one job for each ticket named; what cannot be taken is listed with its index and does not fail the rest.</summary>
public static class CreateBatch
{
    public sealed record Request
    {
        [Required(ErrorMessage = "ticket_ids es obligatorio."), Length(0, 10_000, ErrorMessage = "Se aceptan hasta 10,000 tickets por lote.")]
        public long[]? TicketIds { get; init; }

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
    }

    public sealed record Rejected(int Index, string Code, string Detail);

    public sealed record Response(
        string BatchId, int TotalTickets, IReadOnlyList<long> JobsCreated, IReadOnlyList<Rejected> Rejected, DateTimeOffset EstimatedCompletion, string StatusUrl);

    public static async Task<Results<Ok<Response>, Problem>> Handle(
        Body<Request> body, Caller caller, HttpContext http, JobsDb db, Arrivals arrivals, TenantDirectory tenants, Admission admission, Egress egress,
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

        var id = request.BatchId ?? $"batch_{Guid.CreateVersion7():N}";
        if (await db.Batches.AnyAsync(b => b.CompanyId == company && b.BatchId == id, ct))
        {
            return Problem.Conflict("batch_exists", $"Ya existe un lote llamado {id}.");
        }

        var (tickets, rejected) = await SortAsync(db, arrivals, company, request.TicketIds!, ct);
        var batch = new Batch
        {
            BatchId = id, CompanyId = company, TotalJobs = tickets.Count, MaxConcurrent = request.MaxConcurrent,
            NotificationWebhook = request.NotificationWebhook, CreatedAt = now,
        };
        batch.Started(now);
        db.Add(batch);
        var jobs = await SaveAsync(db, batch, tickets, request, admission, now, ct);
        return jobs is null
            ? Problem.Conflict("batch_exists", $"Ya existe un lote llamado {id}.")
            : TypedResults.Ok(new Response(
                id, request.TicketIds!.Length, jobs, rejected, now + await EstimateAsync(db, company, jobs.Count, request.MaxConcurrent, now, ct),
                $"/invoicing/v2/bulk/{id}/status"));
    }

    /// <summary>Null when another call took the batch's name first.</summary>
    private static async Task<List<long>?> SaveAsync(
        JobsDb db, Batch batch, List<TicketReference> tickets, Request request, Admission admission, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.IsDuplicate())
        {
            return null;
        }

        var ids = await db.NextJobIdsAsync(tickets.Count, ct);
        foreach (var (ticket, id) in tickets.Zip(ids))
        {
            var order = new JobOrder(id, ticket.Id, ticket.CompanyId) { Batch = batch }.With(ticket.Submission);
            order = request.Priority is { } priority ? order with { Priority = Enum.Parse<Priority>(priority) } : order;
            await CreateJob.OpenAsync(db, admission, order with { Batch = batch }, ticket, now, ct);
        }

        await db.SaveChangesAsync(ct);
        return ids;
    }

    private static async Task<(List<TicketReference> Tickets, List<Rejected> Rejected)> SortAsync(JobsDb db, Arrivals arrivals, string company, long[] ids, CancellationToken ct)
    {
        var heard = await db.Tickets.Where(t => ids.Contains(t.Id) && t.Submission != null).Select(t => t.Id).ToListAsync(ct);
        await arrivals.MeetTicketsAsync([.. ids.Except(heard)], company, ct);
        var known = (await db.Tickets.FromSql(
            $"SELECT * FROM tickets WHERE id = ANY({ids}) AND company_id = {company} ORDER BY id FOR UPDATE").ToListAsync(ct)).ToDictionary(t => t.Id);
        var (taken, rejected, seen) = (new List<TicketReference>(), new List<Rejected>(), new HashSet<long>());
        foreach (var (index, id) in ids.Index())
        {
            if (!known.TryGetValue(id, out var ticket))
            {
                rejected.Add(new Rejected(index, "not_found", $"Ticket {id} no encontrado"));
            }
            else if (!seen.Add(id))
            {
                rejected.Add(new Rejected(index, "duplicate_ticket", $"El ticket {id} ya está en este lote."));
            }
            else
            {
                taken.Add(ticket);
            }
        }

        return (taken, rejected);
    }

    /// <summary>From what the tenant's jobs took in the last day; a minute each where nothing was measured.</summary>
    private static async Task<TimeSpan> EstimateAsync(JobsDb db, string company, int jobs, int abreast, DateTimeOffset now, CancellationToken ct)
    {
        var ended = await db.Jobs.AsNoTracking().Where(j => j.CompanyId == company && j.Estado == Estado.completado && j.CompletedAt > now.AddDays(-1) && j.StartedAt != null)
            .OrderByDescending(j => j.CompletedAt).Take(50).Select(j => new { j.StartedAt, j.CompletedAt }).ToListAsync(ct);
        var each = ended.Count > 0 ? ended.Average(j => (j.CompletedAt!.Value - j.StartedAt!.Value).TotalSeconds) : 60;
        return TimeSpan.FromSeconds(Math.Ceiling(each * jobs / abreast));
    }
}
