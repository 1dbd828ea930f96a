using Invoicing.Jobs.Db;
using Invoicing.Messages;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Jobs.Consumers;

/// <summary>TicketSubmitted: the ticket becomes known here, and its job opens.</summary>
public sealed class OpenJob(JobsDb db, Opening opening) : IConsumer<TicketSubmitted>
{
    public async Task Consume(ConsumeContext<TicketSubmitted> context)
    {
        await opening.TakeAsync(context.Message, context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
        // A client's question may have opened the job first: its attempts belong to the ticket's trace all the same.
        var trace = Telemetry.TraceParent;
        await db.Jobs.Where(j => j.Id == context.Message.JobId && j.TraceParent != trace)
            .ExecuteUpdateAsync(job => job.SetProperty(j => j.TraceParent, trace), context.CancellationToken);
    }
}
