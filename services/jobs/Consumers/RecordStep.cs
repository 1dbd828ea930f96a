using Invoicing.Jobs.Db;
using Invoicing.Messages;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Consumers;

/// <summary>StepRecorded: one row in automation_logs, and the job moves on.</summary>
public sealed class RecordStep(JobsDb db, TimeProvider time) : IConsumer<StepRecorded>
{
    public async Task Consume(ConsumeContext<StepRecorded> context)
    {
        var (m, now, ct) = (context.Message, time.GetUtcNow(), context.CancellationToken);
        if (await db.LockJobAsync(m.JobId, ct) is not { } job || job.Step(m.Attempt, m.Number, m.Status) is not { } number
            || await db.Steps.AnyAsync(s => s.JobId == job.Id && s.StepNumber == number, ct))
        {
            return;
        }

        var step = JobStep.From(m, job, number);
        db.Add(step);
        await db.SaveChangesAsync(ct);
        await db.RecordAsync(job, now, ct, step);
        await db.SaveChangesAsync(ct);
    }
}
