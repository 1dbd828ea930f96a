using System.Text.Json;
using Invoicing.Jobs.Db;
using Invoicing.Messages;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs;

/// <summary>A submitted ticket becomes known here and its job (numbered by tickets) opens, once, however often and by whatever way it is told.</summary>
public sealed class Opening(JobsDb db, Admission admission, TimeProvider time)
{
    /// <summary>The caller saves, in a transaction.</summary>
    public async Task TakeAsync(TicketSubmitted said, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var ticket = await db.MeetTicketAsync(said.TicketId, said.CompanyId, now, ct);
        ticket.Submit(said);
        if (said.JobId is not { } id || await db.Jobs.AnyAsync(j => j.Id == id, ct))
        {
            return;
        }

        var batch = said.BatchId is null ? null
            : await db.Batches.AsNoTracking().SingleOrDefaultAsync(b => b.CompanyId == said.CompanyId && b.BatchId == said.BatchId, ct);
        var job = AutomationJob.Open(OrderOf(said, batch), now);
        db.Add(job);
        await admission.AdmitAsync(job, ticket, now, ct);
        await db.RecordAsync(job, now, ct);
    }

    /// <summary>Many of one batch at once. The caller saves, in a transaction.</summary>
    public async Task TakeAsync(IReadOnlyList<TicketSubmitted> said, Batch batch, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (ids, jobs) = (said.Select(s => s.TicketId).ToArray(), said.Select(s => s.JobId!.Value).ToArray());
        await MeetAsync(batch.CompanyId, ids, [.. said.Select(s => JsonSerializer.Serialize(s))], now, ct);
        var tickets = (await db.LockTicketsAsync(ids, ct)).ToDictionary(t => t.Id);
        var open = (await db.Jobs.Where(j => jobs.Contains(j.Id)).Select(j => j.Id).ToListAsync(ct)).ToHashSet();
        foreach (var s in said)
        {
            tickets[s.TicketId].Submit(s);
            if (open.Add(s.JobId!.Value))
            {
                await OpenAsync(s, tickets[s.TicketId], batch, now, ct);
            }
        }
    }

    /// <summary>Tickets has said itself that the job waits; what its reading changes at once is said here.</summary>
    private async Task OpenAsync(TicketSubmitted s, TicketReference ticket, Batch batch, DateTimeOffset now, CancellationToken ct)
    {
        var job = AutomationJob.Open(OrderOf(s, batch), now);
        db.Add(job);
        await admission.AdmitAsync(job, ticket, now, ct);
        if (job.Phase == Phase.reading)
        {
            db.RecordOpening(job, now);
        }
        else
        {
            await db.RecordAsync(job, now, ct);
        }
    }

    private Task<int> MeetAsync(string company, long[] ids, string[] submissions, DateTimeOffset now, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
         INSERT INTO tickets (id, company_id, created_at, submission)
         SELECT id, {company}, {now}, submission::jsonb FROM unnest({ids}, {submissions}) AS said (id, submission) ORDER BY id ON CONFLICT DO NOTHING
         """, ct);

    private static JobOrder OrderOf(TicketSubmitted said, Batch? batch) => new JobOrder(said.JobId!.Value, said.TicketId, said.CompanyId)
    {
        Batch = batch, BatchIndex = said.BatchIndex, BatchItemKey = said.BatchItemKey, Legacy = said.Legacy,
    }.With(said);
}
