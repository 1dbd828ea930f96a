using Invoicing.Jobs.Db;
using Invoicing.Messages;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Consumers;

/// <summary>TicketSubmitted: the ticket becomes known here, and its job (numbered by tickets) opens.</summary>
public sealed class OpenJob(JobsDb db, Admission admission, TimeProvider time) : IConsumer<TicketSubmitted>
{
    public async Task Consume(ConsumeContext<TicketSubmitted> context)
    {
        var (m, now, ct) = (context.Message, time.GetUtcNow(), context.CancellationToken);
        var ticket = await db.MeetTicketAsync(m.TicketId, m.CompanyId, now, ct);
        ticket.Submit(m);
        if (m.JobId is { } id && !await db.Jobs.AnyAsync(j => j.Id == id, ct))
        {
            var batch = m.BatchId is null ? null : await db.Batches.SingleOrDefaultAsync(b => b.CompanyId == m.CompanyId && b.BatchId == m.BatchId, ct);
            var job = AutomationJob.Open(new JobOrder(id, m.TicketId, m.CompanyId) { Batch = batch, Legacy = m.Legacy }.With(m), now);
            db.Add(job);
            await admission.AdmitAsync(job, ticket, now, ct);
            await db.RecordAsync(job, now, ct);
        }

        await db.SaveChangesAsync(ct);
    }
}
