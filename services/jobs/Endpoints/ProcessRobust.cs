using System.Text.Json;
using Invoicing.Jobs.Db;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Endpoints;

/// <summary>
/// POST /invoicing/tickets/{id}/process-robust: a job for the ticket, or the one it has open. The body, when there is one, is a list of
/// addresses or <c>{alternative_urls}</c>.
/// </summary>
public static class ProcessRobust
{
    private const int MostUrls = 5;

    public sealed record Response(string Status, long TicketId, long JobId, string Mode, string Message);

    public static async Task<Results<Ok<Response>, Problem>> Handle(
        long id, Caller caller, HttpContext http, string? company_id, string? priority, bool? enable_captcha, int? max_retries, JobsDb db, Lookup lookup,
        TenantDirectory tenants, Admission admission, Egress egress, TimeProvider time, CancellationToken ct)
    {
        if (await lookup.TicketAsync(id, caller.ScopeFor(company_id), ct) is not { } found)
        {
            return Lookup.NoTicket(id);
        }

        if (Refuse(priority, max_retries) is { } refusal)
        {
            return refusal;
        }

        var (urls, forbidden) = await UrlsAsync(http, egress, ct);
        if (forbidden is not null)
        {
            return forbidden;
        }

        var settings = await tenants.SettingsAsync(found.CompanyId, ct);
        var (ticket, enhanced) = ((await db.LockTicketAsync(id, ct))!, settings.IsOn("enhanced_automation"));
        var open = (await db.LockOpenJobsAsync(id, ct)).LastOrDefault();
        if (open is null)
        {
            var order = new JobOrder(0, id, ticket.CompanyId).With(ticket.Submission) with
            {
                Priority = Enum.Parse<Priority>(priority ?? "normal"), CaptchaSolving = enable_captcha ?? true, MaxRetries = max_retries ?? 3, Legacy = !enhanced,
            };
            open = await CreateJob.OpenAsync(db, admission, urls.Length > 0 ? order with { AlternativeUrls = urls } : order, ticket, time.GetUtcNow(), ct);
        }
        else if (enhanced && open.Release())
        {
            await CommandJob.AdmitAsync(db, admission, open, time.GetUtcNow(), ct);
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Response("queued", id, open.Id, enhanced ? "enhanced" : "legacy",
            enhanced ? "Ticket queued for robust processing" : "Ticket queued for processing"));
    }

    private static Problem? Refuse(string? priority, int? retries) =>
        priority is not null && !Enum.GetNames<Priority>().Contains(priority)
            ? Problem.Invalid("priority", "invalid_value", "priority debe ser baja, normal, alta o urgente.")
            : retries is < 0 or > 10 ? Problem.Invalid("max_retries", "out_of_range", "max_retries debe estar entre 0 y 10.") : null;

    private static async Task<(string[] Urls, Problem? Problem)> UrlsAsync(HttpContext http, Egress egress, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, ct);
        if (buffer.Length == 0)
        {
            return ([], null);
        }

        var body = Body.Parse<object>(buffer.ToArray()) is JsonElement json ? json : default;
        var list = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("alternative_urls", out var inner) ? inner : body;
        if (list.ValueKind is JsonValueKind.Object or JsonValueKind.Null)
        {
            return ([], null);
        }

        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MostUrls || list.EnumerateArray().Any(u => u.ValueKind != JsonValueKind.String))
        {
            return ([], Problem.Invalid("/alternative_urls", "invalid_type", $"Se espera una lista de hasta {MostUrls} direcciones."));
        }

        var urls = list.EnumerateArray().Select(u => u.GetString()!).ToArray();
        return urls.Select(u => egress.Refuse(u)).FirstOrDefault(r => r is not null) is { } why
            ? ([], Problem.Invalid("/alternative_urls", "forbidden_address", why)) : (urls, null);
    }
}
