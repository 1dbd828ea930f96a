using System.Text.Json.Nodes;
using Invoicing.Jobs.Db;
using Invoicing.Messages;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>Puts together everything workers need for attempts handed out together, secrets left out.</summary>
public sealed class Attempts(JobsDb db, TenantDirectory tenants, Egress egress, Patience patience, EmissionPolicy emission)
{
    private const int MostPageMinutes = 240;

    public async Task<IReadOnlyList<RunAttempt>> ComposeAsync(IReadOnlyList<AutomationJob> jobs, CancellationToken ct)
    {
        if (jobs.Count == 0)
        {
            return [];
        }

        var ids = jobs.Select(j => j.TicketId).ToList();
        var tickets = await db.Tickets.AsNoTracking().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct);
        var composed = new List<RunAttempt>();
        foreach (var job in jobs)
        {
            var settings = await tenants.SettingsAsync(job.CompanyId, ct);
            composed.Add(Compose(job, tickets[job.TicketId], settings));
        }

        return composed;
    }

    private RunAttempt Compose(AutomationJob job, TicketReference ticket, TenantSettings settings) => new(
        job.Id, job.Attempt, job.TicketId, job.CompanyId, PortalAddresses.For(job, ticket.Reading, egress), Admission.FieldsOf(job, ticket),
        ticket.Reading?.Alternatives ?? new Dictionary<string, IReadOnlyList<string>>(), ticket.Reading?.Merchant, Admission.ProfileOf(job),
        job.ConsultOnly, job.CaptchaSolving && settings.IsOn("captcha_solving"), job.Answers, job.TimeoutSeconds,
        (int)AtPage(settings).TotalSeconds, emission.Supervises(settings),
        settings.IsSwitchedOn("claude_analysis") ? Said(settings, "claude_analysis", "model") : null, Said(settings, "captcha_solving", "solver"), settings.StorageQuotaMb);

    /// <summary>How long a page stays open for a person: the tenant's own <c>page_minutes</c>, where it is one that a worker can keep.</summary>
    private TimeSpan AtPage(TenantSettings settings) =>
        Configured(settings, "interventions", "page_minutes") is { } value && value.TryGetValue<int>(out var minutes) && minutes is >= 1 and <= MostPageMinutes ? TimeSpan.FromMinutes(minutes) : patience.PersonAtPage;

    private static string? Said(TenantSettings settings, string feature, string name) =>
        Configured(settings, feature, name) is { } value && value.TryGetValue<string>(out var text) && text.Length is > 0 and <= 100 ? text : null;

    /// <summary>A value of the flag's configuration; whatever else operators wrote there is none.</summary>
    private static JsonValue? Configured(TenantSettings settings, string feature, string name)
    {
        try
        {
            return settings.Features.GetValueOrDefault(feature)?.ConfigJson is { } json && JsonNode.Parse(json) is JsonObject config ? config[name] as JsonValue : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
