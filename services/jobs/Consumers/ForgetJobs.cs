using Invoicing.Jobs.Db;
using Invoicing.Jobs.Endpoints;
using Invoicing.Messages;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Consumers;

/// <summary>
/// ForgetData, and JobsForgotten while there is more: deletes a company's jobs with everything that belongs to them, some at a time. Open ones
/// are cancelled first where that is wanted, and waited for while they hold a browser.
/// </summary>
public sealed class ForgetJobs(JobsDb db, Artefacts artefacts, Retention retention, TimeProvider time) : IConsumer<ForgetData>, IConsumer<JobsForgotten>
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Stopping = TimeSpan.FromSeconds(2);

    public Task Consume(ConsumeContext<ForgetData> context) =>
        ForgetAsync(context.Message.ErasureId, context.Message.CompanyId, context.Message.Before, context.Message.OpenToo, context.CancellationToken);

    public Task Consume(ConsumeContext<JobsForgotten> context) => context.Message is { More: true } m
        ? ForgetAsync(m.ErasureId, m.CompanyId, m.Before, m.OpenToo, context.CancellationToken) : Task.CompletedTask;

    private async Task ForgetAsync(string? erasure, string company, DateTimeOffset before, bool openToo, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        // What jobs first hears of a ticket may come after the erasure: the ticket's own time counts.
        var waiting = openToo && (await CancelAsync(company, before, now, ct) || now < before + retention.Settle);
        var ids = await db.Database.SqlQuery<long>(
            $"""
             SELECT t.id AS "Value" FROM tickets t WHERE t.company_id = {company}
                AND COALESCE((t.submission ->> 'SubmittedAt')::timestamptz, t.created_at) < {before}
                AND NOT EXISTS (SELECT FROM automation_jobs j WHERE j.ticket_id = t.id AND j.phase <> 'closed') ORDER BY t.id LIMIT {AtOnce} FOR UPDATE
             """).ToListAsync(ct);
        var jobs = await db.Jobs.Where(j => ids.Contains(j.TicketId)).Select(j => j.Id).ToListAsync(ct);
        var files = await DeleteFilesAsync(jobs, ct);
        await db.Tickets.Where(t => ids.Contains(t.Id)).ExecuteDeleteAsync(ct);
        var more = ids.Count == AtOnce || waiting;
        if (!more)
        {
            await ForgetRestAsync(company, before, openToo, ct);
        }

        db.Publish(new JobsForgotten(erasure, company, before, openToo, jobs.Count, files, more, now), now, ids.Count == AtOnce ? null : now + Stopping);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>True while there are open ones: more to cancel, in a browser, or past the click that emits.</summary>
    private async Task<bool> CancelAsync(string company, DateTimeOffset before, DateTimeOffset now, CancellationToken ct)
    {
        var open = await db.Jobs.FromSql(
            $"""
             SELECT j.* FROM automation_jobs j JOIN tickets t ON t.id = j.ticket_id WHERE j.company_id = {company} AND j.phase <> 'closed'
                AND COALESCE((t.submission ->> 'SubmittedAt')::timestamptz, t.created_at) < {before} ORDER BY j.id LIMIT {AtOnce} FOR UPDATE OF j
             """).ToListAsync(ct);
        foreach (var job in open.Where(j => j.Phase != Phase.stopping))
        {
            await CommandJob.CancelAsync(db, job, now, ct);
        }

        await db.SaveChangesAsync(ct);
        return open.Count == AtOnce || open.Exists(j => j.Phase != Phase.closed);
    }

    private async Task<int> DeleteFilesAsync(List<long> jobs, CancellationToken ct)
    {
        var shots = await db.Screenshots.Where(s => jobs.Contains(s.JobId)).Select(s => s.FilePath).ToListAsync(ct);
        var files = await db.Files.Where(f => jobs.Contains(f.JobId)).Select(f => f.Key).ToListAsync(ct);
        return shots.Concat(files).Count(artefacts.Delete);
    }

    /// <summary>What hangs on no ticket.</summary>
    private async Task ForgetRestAsync(string company, DateTimeOffset before, bool openToo, CancellationToken ct)
    {
        await db.Deliveries.Where(d => d.CompanyId == company && d.CreatedAt < before).ExecuteDeleteAsync(ct);
        await db.DeadLetters.Where(l => l.CompanyId == company && l.FirstAt < before).ExecuteDeleteAsync(ct);
        if (openToo)
        {
            await db.GoneReceivers.Where(g => g.CompanyId == company).ExecuteDeleteAsync(ct);
            await db.Batches.Where(b => b.CompanyId == company && b.CreatedAt < before).ExecuteDeleteAsync(ct);
        }
    }
}
