using Invoicing.Jobs.Db;
using Invoicing.Messages;
using MassTransit;

namespace Invoicing.Jobs.Consumers;

/// <summary>JobPriced: the job shows what it cost. No event: the stream has ended with the job.</summary>
public sealed class PriceJob(JobsDb db) : IConsumer<JobPriced>
{
    public async Task Consume(ConsumeContext<JobPriced> context)
    {
        if (await db.LockJobAsync(context.Message.JobId, context.CancellationToken) is { } job)
        {
            job.Price(context.Message.CostBreakdown);
            await db.SaveChangesAsync(context.CancellationToken);
        }
    }
}
