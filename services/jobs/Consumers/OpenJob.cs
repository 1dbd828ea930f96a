using Invoicing.Jobs.Db;
using Invoicing.Messages;
using MassTransit;

namespace Invoicing.Jobs.Consumers;

/// <summary>TicketSubmitted: the ticket becomes known here, and its job opens.</summary>
public sealed class OpenJob(JobsDb db, Opening opening) : IConsumer<TicketSubmitted>
{
    public async Task Consume(ConsumeContext<TicketSubmitted> context)
    {
        await opening.TakeAsync(context.Message, context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
