using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Invoicing;

/// <summary>A message a consumer has taken in: hearing it again does nothing.</summary>
public sealed class InboxMessage
{
    public required Guid MessageId { get; init; }
    public required string Consumer { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>
/// Runs each consumer of a service in one database transaction that begins with its inbox row. A repeated message finds the row and is
/// dropped; a failed consumer rolls both back, so that the retry is a first time again.
/// </summary>
public sealed class InboxFilter<TMessage>(DbContext db, TimeProvider time) : IFilter<ConsumeContext<TMessage>>
    where TMessage : class
{
    public async Task Send(ConsumeContext<TMessage> context, IPipe<ConsumeContext<TMessage>> next)
    {
        var consumer = context.ReceiveContext.InputAddress.AbsolutePath;
        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        var fresh = await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO inbox_messages (message_id, consumer, received_at)
             VALUES ({context.MessageId ?? Guid.Empty}, {consumer}, {time.GetUtcNow()}) ON CONFLICT DO NOTHING
             """, context.CancellationToken);
        if (fresh == 1 || context.MessageId is null)
        {
            await next.Send(context);
            await transaction.CommitAsync(context.CancellationToken);
            return;
        }

        // Else it would go to a queue of skipped messages that nobody reads.
        await context.NotifyConsumed(context, TimeSpan.Zero, consumer);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");
}
