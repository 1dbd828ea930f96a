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
        settings.IsSwitchedOn("claude_analysis") ? settings.Said("claude_analysis", "model") : null, settings.Said("captcha_solving", "solver"), settings.StorageQuotaMb);

    /// <summary>How long a page stays open for a person: the tenant's own <c>page_minutes</c>, where it is one that a worker can keep.</summary>
    private TimeSpan AtPage(TenantSettings settings) =>
        settings.Configured("interventions", "page_minutes") is { } value && value.TryGetValue<int>(out var minutes) && minutes is >= 1 and <= MostPageMinutes ? TimeSpan.FromMinutes(minutes) : patience.PersonAtPage;
}
