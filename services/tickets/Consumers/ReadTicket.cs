using Invoicing.Messages;
using Invoicing.Tickets.Db;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets.Consumers;

/// <summary>TicketSubmitted: what the ticket says is read once, kept, and told as TicketRead. Runs in the reader role.</summary>
public sealed class ReadTicket(TicketsDb db, ReceiptForms receipts, Catalogue catalogue) : IConsumer<TicketSubmitted>
{
    public async Task Consume(ConsumeContext<TicketSubmitted> context)
    {
        var ct = context.CancellationToken;
        var seen = await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.Id == context.Message.TicketId, ct);
        if (seen is null || seen.ReadAt is not null)
        {
            return;
        }

        // Reading takes seconds; the row is locked only afterwards.
        var reading = await receipts.ReadAsync(seen, ct);
        if (await db.LockTicketAsync(seen.Id, ct) is { ReadAt: null } ticket)
        {
            await catalogue.RecordAsync(ticket, reading, ct);
            await db.SaveChangesAsync(ct);
        }
    }
}

/// <summary>Two photographs at once fill two cores; the rest waits at the broker for whoever is free.</summary>
public sealed class ReadTicketDefinition : ConsumerDefinition<ReadTicket>
{
    public ReadTicketDefinition() => ConcurrentMessageLimit = 2;
}
