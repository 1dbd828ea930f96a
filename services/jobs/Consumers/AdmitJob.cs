using Invoicing.Jobs.Db;
using Invoicing.Messages;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Consumers;

/// <summary>TicketRead: what was read is kept, and the ticket's waiting jobs queue, ask for what is missing, or end as unreadable.</summary>
public sealed class AdmitJob(JobsDb db, Admission admission, TimeProvider time) : IConsumer<TicketRead>
{
    public async Task Consume(ConsumeContext<TicketRead> context)
    {
        var (m, now, ct) = (context.Message, time.GetUtcNow(), context.CancellationToken);
        var ticket = await db.MeetTicketAsync(m.TicketId, m.CompanyId, now, ct);
        if (ticket.Read(m))
        {
            foreach (var job in await db.LockOpenJobsAsync(m.TicketId, ct))
            {
                await ReconsiderAsync(job, ticket, now, ct);
            }
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>A job that runs keeps what it was given; one that asked may have its answer now, and one that waits another deadline or portal.</summary>
    private async Task ReconsiderAsync(AutomationJob job, TicketReference ticket, DateTimeOffset now, CancellationToken ct)
    {
        if (job.Phase is not (Phase.reading or Phase.asking or Phase.queued))
        {
            return;
        }

        await db.WithdrawQuestionsAsync(job, now, ct);
        await admission.AdmitAsync(job, ticket, now, ct);
        await db.RecordAsync(job, now, ct);
    }
}
