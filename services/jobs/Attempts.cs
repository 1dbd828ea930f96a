using Invoicing.Jobs.Db;
using Invoicing.Messages;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>Puts together everything workers need for attempts handed out together, secrets left out.</summary>
public sealed class Attempts(JobsDb db, TenantDirectory tenants, Egress egress, Patience patience, EmissionPolicy emission)
{
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
        (int)patience.PersonAtPage.TotalSeconds, emission.Supervises(settings),
        settings.IsSwitchedOn("claude_analysis") ? settings.Said("claude_analysis", "model") : null, settings.Said("captcha_solving", "solver"), settings.StorageQuotaMb);
}
