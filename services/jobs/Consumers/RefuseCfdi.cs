using Invoicing.Jobs.Db;
using Invoicing.Messages;
using MassTransit;

namespace Invoicing.Jobs.Consumers;

/// <summary>CfdiRefused: what the portal delivered is not this ticket's invoice; it is consulted again, or the result stays uncertain.</summary>
public sealed class RefuseCfdi(JobsDb db, Patience patience, TimeProvider time) : IConsumer<CfdiRefused>
{
    public async Task Consume(ConsumeContext<CfdiRefused> context)
    {
        var (m, now, ct) = (context.Message, time.GetUtcNow(), context.CancellationToken);
        if (await db.LockJobAsync(m.JobId, ct) is { } job
            && job.Refuse(m.Attempt, m.Code, m.Reason, new Backoff(patience.FirstRetry, patience.LastRetry), now))
        {
            Measures.Refused(1);
            await db.RecordAsync(job, now, ct);
            await db.SaveChangesAsync(ct);
        }
    }
}
