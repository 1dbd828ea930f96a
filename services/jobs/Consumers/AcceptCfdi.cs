using Invoicing.Jobs.Db;
using Invoicing.Messages;
using MassTransit;

namespace Invoicing.Jobs.Consumers;

/// <summary>CfdiAccepted, from a portal, the mail or a person's upload: the ticket has its invoice, whatever its jobs were doing.</summary>
public sealed class AcceptCfdi(JobsDb db, TimeProvider time) : IConsumer<CfdiAccepted>
{
    public async Task Consume(ConsumeContext<CfdiAccepted> context)
    {
        var (m, now, ct) = (context.Message, time.GetUtcNow(), context.CancellationToken);
        foreach (var job in await db.LockOpenJobsAsync(m.TicketId, ct))
        {
            if (job.CompanyId != m.CompanyId)
            {
                continue;
            }

            if (job.HasWorker)
            {
                db.Publish(new CancelAttempt(job.Id, job.Attempt, "invoiced"), now);
            }

            job.Complete(now);
            await db.PromoteRecipesAsync(job.Id, now, ct);
            await db.RecordAsync(job, now, ct);
        }

        await db.SaveChangesAsync(ct);
    }
}
