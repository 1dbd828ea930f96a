using Invoicing.Jobs.Db;
using Invoicing.Messages;
using MassTransit;

namespace Invoicing.Jobs.Consumers;

/// <summary>AttemptStarted: the stream shows that a browser is open.</summary>
public sealed class StartAttempt(JobsDb db, TimeProvider time) : IConsumer<AttemptStarted>
{
    public async Task Consume(ConsumeContext<AttemptStarted> context)
    {
        var (m, now, ct) = (context.Message, time.GetUtcNow(), context.CancellationToken);
        if (await db.LockJobAsync(m.JobId, ct) is { } job && job.Started(m.Attempt, m.SessionId))
        {
            await db.RecordAsync(job, now, ct);
            await db.SaveChangesAsync(ct);
        }
    }
}
