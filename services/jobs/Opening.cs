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

    /// <summary>
    /// Many of one batch at once. Tickets has said itself that their jobs wait; what a reading that came first changes is said here. The caller
    /// saves, in a transaction.
    /// </summary>
    public async Task TakeAsync(IReadOnlyList<TicketSubmitted> said, Batch batch, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (ids, numbers) = (said.Select(s => s.TicketId).ToArray(), said.Select(s => s.JobId!.Value).ToArray());
        await MeetAsync(batch.CompanyId, ids, [.. said.Select(s => JsonSerializer.Serialize(s))], now, ct);
        var tickets = (await db.LockTicketsAsync(ids, ct)).ToDictionary(t => t.Id);
        foreach (var s in said)
        {
            tickets[s.TicketId].Submit(s);
        }

        var open = (await db.Jobs.Where(j => numbers.Contains(j.Id)).Select(j => j.Id).ToListAsync(ct)).ToHashSet();
        var waiting = new List<AutomationJob>();
        foreach (var s in said.Where(s => open.Add(s.JobId!.Value)))
        {
            var job = AutomationJob.Open(OrderOf(s, batch), now);
            if (tickets[s.TicketId].Reading is null)
            {
                waiting.Add(job);
            }
            else
            {
                db.Add(job);
                await admission.AdmitAsync(job, tickets[s.TicketId], now, ct);
                await db.RecordAsync(job, now, ct);
            }
        }

        var events = waiting.ConvertAll(j => Journal.Opening(j, now));
        await db.CopyAsync(waiting, ct);
        await db.CopyAsync(events, ct);
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
