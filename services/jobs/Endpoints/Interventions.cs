using System.ComponentModel.DataAnnotations;
using Invoicing.Jobs.Db;
using Invoicing.Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>GET /invoicing/v2/interventions[/{id}] and POST …/{id}: what waits for a person, and the person's answer.</summary>
public static class Interventions
{
    public sealed record View(
        string Id, long JobId, long TicketId, string CompanyId, string Kind, string Prompt, string? Field, string? ImageUrl, string? ScreenshotUrl,
        IReadOnlyList<string> Options, string Status, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? AnsweredAt, string? AnsweredBy)
    {
        /// <param name="photographed">The ticket is a photograph: a question about what it says shows that piece of it.</param>
        public static View Of(Intervention i, bool photographed, DateTimeOffset now) => new(
            i.Id, i.JobId, i.TicketId, i.CompanyId, i.Kind, i.Prompt, i.Field, Url(i.JobId, i.ImageId) ?? (photographed ? PieceOf(i) : null), Url(i.JobId, i.PageId), i.Options,
            i.IsExpired(now) ? "expired" : i.Status.ToString(), i.CreatedAt, i.ExpiresAt, i.AnsweredAt, i.AnsweredBy);

        private static string? PieceOf(Intervention i) =>
            i is { Kind: "dato", Field: { } field } && Admission.OnPaper.Contains(field) ? $"/invoicing/tickets/{i.TicketId}/image?field={field}" : null;

        private static string? Url(long job, long? shot) => shot is { } id ? ArtifactView.UrlOf(job, ArtifactView.IdOf(id)) : null;
    }

    public sealed record Reply
    {
        [Required(ErrorMessage = "action es obligatorio."), AllowedValues("answer", "approve", "reject", ErrorMessage = "action debe ser answer, approve o reject.")]
        public string? Action { get; init; }

        [StringLength(4000, ErrorMessage = "value es demasiado largo.")]
        public string? Value { get; init; }
        public string? CompanyId { get; init; }
    }

    public static async Task<Results<Ok<View[]>, Problem>> List(
        Caller caller, HttpContext http, Paging paging, string? status, long? job_id, string? company_id, JobsDb db, TimeProvider time, CancellationToken ct)
    {
        var (scope, now) = (caller.ScopeFor(company_id), time.GetUtcNow());
        var words = Paging.Words(status ?? "open");
        if (words.FirstOrDefault(w => !Enum.GetNames<InterventionStatus>().Contains(w)) is { } odd)
        {
            return Problem.Invalid("status", "invalid_value", $"status no conoce el valor «{odd}».");
        }

        var wanted = words.Select(Enum.Parse<InterventionStatus>).ToArray();
        var asked = db.Interventions.AsNoTracking()
            .Where(i => (scope == null || i.CompanyId == scope) && (job_id == null || i.JobId == job_id) && wanted.Contains(i.Status));
        var found = await paging.Of(asked, i => i.CreatedAt, i => i.Id).ToListAsync(ct);
        paging.LinkNext(http, found, i => (i.CreatedAt, i.Id));
        var photographed = await PhotographedAsync(db, [.. found.Select(i => i.TicketId)], ct);
        return TypedResults.Ok(found.Select(i => View.Of(i, photographed.Contains(i.TicketId), now)).ToArray());
    }

    public static async Task<Results<Ok<View>, Problem>> Get(string id, Caller caller, string? company_id, JobsDb db, TimeProvider time, CancellationToken ct) =>
        await FindAsync(db.Interventions.AsNoTracking(), id, caller.ScopeFor(company_id), ct) is { } asked
            ? TypedResults.Ok(View.Of(asked, (await PhotographedAsync(db, [asked.TicketId], ct)).Count > 0, time.GetUtcNow())) : Missing(id);

    private static async Task<HashSet<long>> PhotographedAsync(JobsDb db, List<long> tickets, CancellationToken ct) =>
        [.. (await db.Tickets.AsNoTracking().Where(t => tickets.Contains(t.Id)).ToListAsync(ct)).Where(t => t.Submission?.Tipo == "imagen").Select(t => t.Id)];

    public static async Task<Results<Ok<View>, Problem>> Answer(
        string id, Body<Reply> body, Caller caller, HttpContext http, JobsDb db, Admission admission, Egress egress, TimeProvider time, CancellationToken ct)
    {
        var scope = caller.ScopeFor(body.Value.CompanyId ?? http.Request.Query["company_id"]);
        if (await FindAsync(db.Interventions.AsNoTracking(), id, scope, ct) is not { } seen || await db.LockJobAsync(seen.JobId, ct) is not { } job)
        {
            return Missing(id);
        }

        var (asked, now) = (await db.Interventions.SingleAsync(i => i.Id == id, ct), time.GetUtcNow());
        if (Refuse(asked, body.Value, egress, now) is { } refusal)
        {
            return refusal;
        }

        asked.Answer(body.Value.Action!, caller.Subject, now);
        await ContinueAsync(asked, job, body.Value, db, admission, now, ct);
        return TypedResults.Ok(View.Of(asked, (await PhotographedAsync(db, [asked.TicketId], ct)).Count > 0, now));
    }

    private static Problem? Refuse(Intervention asked, Reply reply, Egress egress, DateTimeOffset now) => (asked.Status, reply) switch
    {
        (InterventionStatus.answered, _) => Problem.Conflict("already_answered", "Esta intervención ya se respondió."),
        (InterventionStatus.cancelled, _) => Problem.Conflict("no_longer_needed", "El trabajo siguió sin esta respuesta."),
        _ when asked.IsExpired(now) => new Problem(410, "intervention_expired", "El tiempo para responder ya terminó."),
        (_, { Action: "answer", Value: null or "" }) => Problem.Invalid("/value", "required", "Falta value: la respuesta."),
        (_, { Action: "answer", Value: { } url }) when asked.Field == PortalAddresses.Field && egress.Refuse(url) is { } why => Problem.Invalid("/value", "forbidden_address", why),
        _ => null,
    };

    private static async Task ContinueAsync(Intervention asked, AutomationJob job, Reply reply, JobsDb db, Admission admission, DateTimeOffset now, CancellationToken ct)
    {
        if (reply is { Action: "answer", Value: { } value } && asked is { Kind: "dato", Field: { } field })
        {
            job.Answer(field, value.Trim());
        }

        if (asked.Attempt == job.Attempt && job.Phase == Phase.waiting)
        {
            db.Publish(new AnswerIntervention(asked.Id, job.Id, job.Attempt, reply.Action!, reply.Value), now);
            job.GoOn();
            await db.RecordAsync(job, now, ct);
            await db.SaveChangesAsync(ct);
        }
        else if (job.Phase == Phase.asking && reply.Action == "reject")
        {
            job.Fail(Outcomes.RequiereHumano, "Una persona rechazó continuar. " + asked.Prompt, now);
            await db.RecordAsync(job, now, ct);
            await db.SaveChangesAsync(ct);
        }
        else if (job.Phase == Phase.asking)
        {
            await CommandJob.AdmitAsync(db, admission, job, now, ct);
        }

        await db.SaveChangesAsync(ct);
    }

    private static Task<Intervention?> FindAsync(IQueryable<Intervention> all, string id, string? scope, CancellationToken ct) =>
        all.SingleOrDefaultAsync(i => i.Id == id && (scope == null || i.CompanyId == scope), ct);

    private static Problem Missing(string id) => Problem.NotFound($"Intervención {id} no encontrada");
}
