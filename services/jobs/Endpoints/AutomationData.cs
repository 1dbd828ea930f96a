using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>
/// GET /invoicing/tickets/{id}/automation-data and /invoicing/automation/latest-data: what the automation viewer shows, both shapes that
/// existing pages read, filled from what really happened and empty where nothing did.
/// </summary>
public static class AutomationData
{
    public sealed record Answer(bool Success, object? Data, string? Error, DateTimeOffset Timestamp);

    public static async Task<Results<Ok<Answer>, Problem>> ForTicket(long id, Caller caller, string? company_id, JobsDb db, Lookup lookup, TicketDirectory tickets, TimeProvider time, CancellationToken ct) =>
        await lookup.TicketAsync(id, caller.ScopeFor(company_id), ct) is { } ticket
            ? TypedResults.Ok(new Answer(true, await DataAsync(db, tickets, ticket, await NewestAsync(db, id, ct), caller, ct), null, time.GetUtcNow()))
            : Lookup.NoTicket(id);

    public static async Task<Ok<Answer>> Latest(Caller caller, string? company_id, JobsDb db, TicketDirectory tickets, TimeProvider time, CancellationToken ct)
    {
        var scope = caller.ScopeFor(company_id);
        var job = await db.Jobs.AsNoTracking().Where(j => (scope == null || j.CompanyId == scope) && j.Attempt > 0)
            .OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id).FirstOrDefaultAsync(ct);
        return TypedResults.Ok(job is null
            ? new Answer(false, null, "No hay datos de automatización disponibles", time.GetUtcNow())
            : new Answer(true, await DataAsync(db, tickets, await db.Tickets.AsNoTracking().SingleAsync(t => t.Id == job.TicketId, ct), job, caller, ct), null, time.GetUtcNow()));
    }

    private static Task<AutomationJob?> NewestAsync(JobsDb db, long ticket, CancellationToken ct) =>
        db.Jobs.AsNoTracking().Where(j => j.TicketId == ticket).OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id).FirstOrDefaultAsync(ct);

    private static async Task<object> DataAsync(JobsDb db, TicketDirectory tickets, TicketReference ticket, AutomationJob? job, Caller caller, CancellationToken ct)
    {
        var steps = job is null ? [] : await db.Steps.AsNoTracking().Where(s => s.JobId == job.Id).OrderBy(s => s.StepNumber).ToListAsync(ct);
        var shots = job is null || !caller.May(Permission.read_screenshots) ? []
            : await db.Screenshots.AsNoTracking().Where(s => s.JobId == job.Id).OrderBy(s => s.CreatedAt).ToListAsync(ct);
        return new
        {
            ticket_id = ticket.Id,
            ticket_info = new
            {
                merchant = job?.MerchantName ?? ticket.Reading?.Merchant?.Nombre, tipo = ticket.Submission?.Tipo, estado = OfTicket(job),
                texto_extraido = caller.May(Permission.read_tickets) ? await tickets.TextAsync(ticket.Id, ct) : null, campos = ticket.Reading?.Fields, created_at = ticket.Submission?.SubmittedAt ?? ticket.CreatedAt,
            },
            automation_summary = job is null ? null : Summary(job, steps, shots),
            llm_summary = new
            {
                decisions_made = steps.Count(s => s.LlmReasoning is not null), confidence_avg = (double?)null,
                strategy_used = job is { Attempt: > 0 } ? "page_engine" : null, intervention_required = job?.Estado == Estado.pausado,
            },
            dynamic_analysis = Captures(job, shots),
            llm_decisions = steps.Where(s => s.LlmReasoning is not null).Select(s => new
            {
                step = s.StepNumber, state = s.Category, action = s.ActionType, confidence = (double?)null, decision = s.Message, selector = s.ElementSelector,
                value = (string?)null, result = Said(s), timing = s.ExecutionTimeMs, reasoning = s.LlmReasoning, next_state = (string?)null,
            }).ToArray(),
        };
    }

    /// <summary>The ticket's state that goes with its newest job's.</summary>
    private static string OfTicket(AutomationJob? job) => job switch
    {
        { Estado: Estado.completado } => "completado",
        { Estado: Estado.fallido or Estado.cancelado } => "fallido",
        { Estado: Estado.en_progreso } or { AutomationStatus: Status.RequiereIntervencion } => "procesando",
        _ => "pendiente",
    };

    /// <summary>As the viewer's pages know it.</summary>
    private static string Said(JobStep step) => step.Result == "ok" ? "success" : step.Result;

    private static object Summary(AutomationJob job, List<JobStep> steps, List<Screenshot> shots)
    {
        var summary = AutomationSummary.Of(job, steps);
        return new
        {
            job_id = job.Id, session_id = job.SessionId, status = job.AutomationStatus, total_steps = summary.TotalSteps,
            successful_steps = steps.Count(s => s.Result == "ok"), success_rate = summary.SuccessRate, total_time_ms = summary.TotalTimeMs,
            final_url = job.FinalUrl, started_at = job.StartedAt, finished_at = job.CompletedAt, automation_type = "playwright", route_used = "page_engine",
            outcome = job.Outcome, outcome_detail = job.OutcomeDetail,
            steps = steps.Select(s => new
            {
                step_number = s.StepNumber, action_type = s.ActionType, description = s.Message, result = Said(s), url = s.Url, selector = s.ElementSelector,
                timing_ms = s.ExecutionTimeMs, timestamp = s.Timestamp, level = s.Level, error_message = s.ErrorMessage, llm_reasoning = s.LlmReasoning, fallback_used = false,
            }).ToArray(),
            screenshots = shots.Select(s => ArtifactView.UrlOf(job.Id, ArtifactView.IdOf(s.Id))).ToArray(),
            screenshot_details = shots.Select(s => new
            {
                step_name = s.StepName, type = s.ScreenshotType, url = s.Url, window_title = (string?)null, file_size = s.FileSize, created_at = s.CreatedAt,
                detected_elements = Array.Empty<object>(),
            }).ToArray(),
        };
    }

    private static object Captures(AutomationJob? job, List<Screenshot> shots) => new
    {
        captures = shots.Select(s => new
        {
            interval = job?.StartedAt is { } start ? Math.Round((s.CreatedAt - start).TotalSeconds, 1) : 0, timestamp = s.CreatedAt,
            screenshot_path = ArtifactView.UrlOf(s.JobId, ArtifactView.IdOf(s.Id)), current_url = s.Url, elements_found = (int?)null, forms_found = (int?)null,
            page_source_length = (int?)null, elements = Array.Empty<object>(), forms = Array.Empty<object>(),
        }).ToArray(),
        best_capture_index = shots.Count > 0 ? shots.Count - 1 : (int?)null,
        changes_detected = new
        {
            significant_changes = shots.Count > 1, elements_appeared = Array.Empty<string>(), elements_disappeared = Array.Empty<string>(),
            forms_appeared = Array.Empty<string>(), forms_disappeared = Array.Empty<string>(),
        },
        recommendation = job?.HumanExplanation,
        total_screenshots = shots.Count,
    };
}
