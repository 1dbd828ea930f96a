using Invoicing.Messages;
using Invoicing.Tickets.Db;
using MassTransit;

namespace Invoicing.Tickets.Consumers;

/// <summary>JobClosed: the ticket ends as its job did, with the reason in plain Spanish.</summary>
public sealed class RecordOutcome(TicketsDb db) : IConsumer<JobClosed>
{
    public async Task Consume(ConsumeContext<JobClosed> context)
    {
        var m = context.Message;
        var ticket = await db.LockTicketAsync(m.TicketId, context.CancellationToken);
        var before = ticket?.Estado;
        var job = new JobState(m.JobId, m.Status, m.Estado, m.Outcome, m.OutcomeDetail, m.RetryCount, m.ProgressPercentage, m.Sequence, m.ClosedAt);
        if (ticket is null || !ticket.Close(job, m.ClosedAt - m.StartedAt))
        {
            return;
        }

        if (ticket.Estado != before)
        {
            db.Publish(new TicketChanged(ticket.Id, ticket.CompanyId, ticket.Estado.ToString(), m.OutcomeDetail, m.ClosedAt), m.ClosedAt);
        }

        await db.SaveChangesAsync(context.CancellationToken);
    }
}
