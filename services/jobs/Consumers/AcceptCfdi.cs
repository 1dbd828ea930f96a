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
        var open = await db.LockOpenJobsAsync(m.TicketId, ct);
        // Not there while the schema is one step back; an invoice comes home without it too.
        var recipes = open.Count > 0 && await db.HasTableAsync("portal_recipes", ct);
        foreach (var job in open)
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
            await (recipes ? db.PromoteRecipesAsync(job.Id, now, ct) : Task.CompletedTask);
            await db.RecordAsync(job, now, ct);
        }

        await db.SaveChangesAsync(ct);
    }
}
