using Invoicing.Jobs.Db;
using Invoicing.Messages;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>Puts together everything a worker needs for one attempt, secrets left out.</summary>
public sealed class Attempts(JobsDb db, TenantDirectory tenants, Egress egress, Patience patience)
{
    public async Task<RunAttempt> ComposeAsync(AutomationJob job, CancellationToken ct)
    {
        var ticket = await db.Tickets.AsNoTracking().SingleAsync(t => t.Id == job.TicketId, ct);
        var settings = await tenants.SettingsAsync(job.CompanyId, ct);
        var recipe = await db.Portals.Where(p => p.Host == job.PortalHost).Select(p => p.Recipe).SingleOrDefaultAsync(ct);
        return new RunAttempt(
            job.Id, job.Attempt, job.TicketId, job.CompanyId, PortalAddresses.For(job, ticket.Reading, egress), Admission.FieldsOf(job, ticket),
            ticket.Reading?.Alternatives ?? new Dictionary<string, IReadOnlyList<string>>(), ticket.Reading?.Merchant, Admission.ProfileOf(job),
            job.ConsultOnly, job.CaptchaSolving && settings.IsOn("captcha_solving"), job.Answers, recipe, job.TimeoutSeconds,
            (int)patience.PersonAtPage.TotalSeconds);
    }
}
