using Invoicing.Jobs.Db;
using Invoicing.Messages;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>Puts together everything workers need for attempts handed out together, secrets left out.</summary>
public sealed class Attempts(JobsDb db, TenantDirectory tenants, Egress egress, Patience patience)
{
    public async Task<IReadOnlyList<RunAttempt>> ComposeAsync(IReadOnlyList<AutomationJob> jobs, CancellationToken ct)
    {
        if (jobs.Count == 0)
        {
            return [];
        }

        var (ids, hosts) = (jobs.Select(j => j.TicketId).ToList(), jobs.Select(j => j.PortalHost).ToList());
        var tickets = await db.Tickets.AsNoTracking().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct);
        var recipes = await db.Portals.Where(p => hosts.Contains(p.Host)).Select(p => new { p.Host, p.Recipe }).ToDictionaryAsync(p => p.Host, p => p.Recipe, ct);
        var composed = new List<RunAttempt>();
        foreach (var job in jobs)
        {
            var settings = await tenants.SettingsAsync(job.CompanyId, ct);
            composed.Add(Compose(job, tickets[job.TicketId], settings, recipes.GetValueOrDefault(job.PortalHost ?? "")));
        }

        return composed;
    }

    private RunAttempt Compose(AutomationJob job, TicketReference ticket, TenantSettings settings, string? recipe) => new(
        job.Id, job.Attempt, job.TicketId, job.CompanyId, PortalAddresses.For(job, ticket.Reading, egress), Admission.FieldsOf(job, ticket),
        ticket.Reading?.Alternatives ?? new Dictionary<string, IReadOnlyList<string>>(), ticket.Reading?.Merchant, Admission.ProfileOf(job),
        job.ConsultOnly, job.CaptchaSolving && settings.IsOn("captcha_solving"), job.Answers, recipe, job.TimeoutSeconds,
        (int)patience.PersonAtPage.TotalSeconds);
}
