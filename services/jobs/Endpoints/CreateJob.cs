using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>POST /invoicing/v2/jobs: a new job for a ticket that exists.</summary>
public static class CreateJob
{
    /// <summary>Jobs that no tenant hands out within <see cref="TenantMemory.Fresh"/>.</summary>
    private const int FarFromLimit = 500;

    public sealed record Request
    {
        [Required(ErrorMessage = "ticket_id es obligatorio.")]
        public long? TicketId { get; init; }
        public long? MerchantId { get; init; }

        [AllowedValues("baja", "normal", "alta", "urgente", null, ErrorMessage = "priority debe ser baja, normal, alta o urgente.")]
        public string? Priority { get; init; }
        public JsonElement? Config { get; init; }
        public DateTimeOffset? ScheduledAt { get; init; }
        public string? CompanyId { get; init; }
    }

    public static async Task<Results<Ok<JobView>, Problem>> Handle(
        Body<Request> body, Caller caller, HttpContext http, JobsDb db, Lookup lookup, TicketDirectory tickets, TenantDirectory tenants, TenantMemory memory, Admission admission,
        Egress egress, TimeProvider time, CancellationToken ct)
    {
        var request = body.Value;
        var scope = caller.ScopeFor(request.CompanyId ?? http.Request.Query["company_id"]);
        if (await lookup.TicketAsync(request.TicketId!.Value, scope, ct) is not { } found)
        {
            return Lookup.NoTicket(request.TicketId.Value);
        }

        if (await RefuseAsync(db, tenants, found.CompanyId, time.GetUtcNow(), ct) is { } refusal)
        {
            return refusal;
        }

        if (Order(request, found, egress, out var bad) is not { } order)
        {
            return bad!;
        }

        if (order.MerchantId is { } merchant && !await tickets.KnowsMerchantAsync(merchant, found.CompanyId, ct))
        {
            return Problem.Invalid("/merchant_id", "unknown_merchant", $"Merchant {merchant} no encontrado");
        }

        var ticket = (await db.LockTicketAsync(found.Id, ct))!;
        var job = await OpenAsync(db, admission, order, ticket, time.GetUtcNow(), ct);
        if (await IsSpentAsync(db, memory, await tenants.SettingsAsync(job.CompanyId, ct), time.GetUtcNow(), ct) && job.HoldForTheDay())
        {
            await db.RecordAsync(job, time.GetUtcNow(), ct);
        }

        await db.SaveChangesAsync(ct);
        http.Response.Headers.Location = $"/invoicing/v2/jobs/{job.Id}";
        return TypedResults.Ok(JobView.Of(job));
    }

    /// <summary>A tenant kept on v1, or over a daily limit that refuses.</summary>
    public static async Task<Problem?> RefuseAsync(JobsDb db, TenantDirectory tenants, string companyId, DateTimeOffset now, CancellationToken ct)
    {
        var settings = await tenants.SettingsAsync(companyId, ct);
        if (!settings.IsOn("enhanced_automation"))
        {
            return new Problem(403, "feature_disabled", "La automatización v2 no está activa para esta empresa.");
        }

        return await LeftTodayAsync(db, settings, now, ct) <= 0 ? new Problem(429, "daily_quota_exceeded", "Se alcanzó el límite diario de trabajos de la empresa.") : null;
    }

    /// <summary>Jobs the tenant may still have today where its daily limit refuses; null where it only makes jobs wait.</summary>
    public static async Task<int?> LeftTodayAsync(JobsDb db, Messages.TenantSettings settings, DateTimeOffset now, CancellationToken ct)
    {
        var today = MexicoCity.Day(now);
        return settings.DailyLimitPolicy != "reject" ? null : settings.MaxDailyJobs - await db.Jobs.CountAsync(
            j => j.CompanyId == settings.CompanyId && (j.CountedOn == today || (j.Phase == Phase.queued || j.Phase == Phase.reading) && j.CountedOn == null), ct);
    }

    /// <summary>
    /// What is queued now waits for tomorrow. A tenant seen far from its limit is not counted again at once, for a day of thousands of jobs takes
    /// milliseconds to count; should it be used up meanwhile, the dispatcher tells the job a second later.
    /// </summary>
    private static async Task<bool> IsSpentAsync(JobsDb db, TenantMemory memory, Messages.TenantSettings settings, DateTimeOffset now, CancellationToken ct)
    {
        if (memory.FarFromLimit.TryGetValue((settings.CompanyId, settings.MaxDailyJobs), out var until) && now < until)
        {
            return false;
        }

        var today = MexicoCity.Day(now);
        var left = settings.MaxDailyJobs - await db.Jobs.CountAsync(j => j.CompanyId == settings.CompanyId && j.CountedOn == today, ct);
        if (left > FarFromLimit)
        {
            memory.FarFromLimit[(settings.CompanyId, settings.MaxDailyJobs)] = now + TenantMemory.Fresh;
        }

        return left <= 0;
    }

    /// <summary>Opens and admits the job; the caller saves. The ticket's row is locked.</summary>
    public static async Task<AutomationJob> OpenAsync(JobsDb db, Admission admission, JobOrder order, TicketReference ticket, DateTimeOffset now, CancellationToken ct)
    {
        var id = order.Id != 0 ? order.Id : (await db.NextJobIdsAsync(1, ct))[0];
        var job = AutomationJob.Open(order with { Id = id }, now);
        db.Add(job);
        await admission.AdmitAsync(job, ticket, now, ct);
        await db.RecordAsync(job, now, ct);
        return job;
    }

    private static JobOrder? Order(Request request, TicketReference ticket, Egress egress, out Problem? bad)
    {
        var config = request.Config is { ValueKind: JsonValueKind.Object } given ? given : JsonSerializer.SerializeToElement(new { });
        var urls = config.TryGetProperty("alternative_urls", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(u => u.ValueKind == JsonValueKind.String ? u.GetString()! : "").ToArray() : [];
        bad = urls.Select(u => egress.Refuse(u)).FirstOrDefault(r => r is not null) is { } reason
            ? Problem.Invalid("/config/alternative_urls", "forbidden_address", reason)
            : request.Config is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) }
                ? Problem.Invalid("/config", "invalid_type", "config debe ser un objeto.") : null;
        if (bad is not null)
        {
            return null;
        }

        var order = new JobOrder(0, ticket.Id, ticket.CompanyId).With(ticket.Submission);
        return order with
        {
            MerchantId = request.MerchantId,
            Priority = request.Priority is { } priority ? Enum.Parse<Priority>(priority) : order.Priority,
            Config = config.GetRawText(),
            ScheduledAt = request.ScheduledAt,
            AlternativeUrls = urls.Length > 0 ? urls : order.AlternativeUrls,
            CaptchaSolving = Flag(config, "enable_captcha") ?? Flag(config, "captcha_solving") ?? order.CaptchaSolving,
        };
    }

    private static bool? Flag(JsonElement config, string name) =>
        config.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
}
