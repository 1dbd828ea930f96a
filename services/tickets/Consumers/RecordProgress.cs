using Invoicing.Messages;
using Invoicing.Tickets.Db;
using MassTransit;

namespace Invoicing.Tickets.Consumers;

/// <summary>JobProgressed: the ticket shows what its job does. Older words than the last one heard change nothing.</summary>
public sealed class RecordProgress(TicketsDb db) : IConsumer<JobProgressed>
{
    public async Task Consume(ConsumeContext<JobProgressed> context)
    {
        var m = context.Message;
        var ticket = await db.LockTicketAsync(m.TicketId, context.CancellationToken);
        var before = ticket?.Estado;
        var job = new JobState(m.JobId, m.Status, m.Estado, m.Outcome, m.OutcomeDetail, m.RetryCount, m.ProgressPercentage, m.Sequence, m.At);
        if (ticket is null || !ticket.Follow(job, Enum.TryParse<Priority>(m.Priority, out var priority) ? priority : ticket.Priority))
        {
            return;
        }

        if (ticket.Estado != before)
        {
            db.Publish(new TicketChanged(ticket.Id, ticket.CompanyId, ticket.Estado.ToString(), m.OutcomeDetail, m.At), m.At);
        }

        await db.SaveChangesAsync(context.CancellationToken);
    }
}
