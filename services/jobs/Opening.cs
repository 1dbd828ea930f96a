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
        var job = AutomationJob.Open(new JobOrder(id, said.TicketId, said.CompanyId) { Batch = batch, Legacy = said.Legacy }.With(said), now);
        db.Add(job);
        await admission.AdmitAsync(job, ticket, now, ct);
        await db.RecordAsync(job, now, ct);
    }
}
