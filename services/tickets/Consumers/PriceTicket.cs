using Invoicing.Messages;
using Invoicing.Tickets.Db;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Consumers;

/// <summary>JobPriced: the ticket shows what its last job cost.</summary>
public sealed class PriceTicket(TicketsDb db) : IConsumer<JobPriced>
{
    public async Task Consume(ConsumeContext<JobPriced> context)
    {
        var m = context.Message;
        if (await db.Tickets.FirstOrDefaultAsync(t => t.JobId == m.JobId && t.CompanyId == m.CompanyId, context.CancellationToken) is { } ticket)
        {
            ticket.Price(m.CostBreakdown, m.At);
            await db.SaveChangesAsync(context.CancellationToken);
        }
    }
}
