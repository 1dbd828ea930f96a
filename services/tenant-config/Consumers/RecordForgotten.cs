using Invoicing.Messages;
using Invoicing.Tenants.Db;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tenants.Consumers;

/// <summary>TicketsForgotten, JobsForgotten: an erasure's progress.</summary>
public sealed class RecordForgotten(TenantsDb db) : IConsumer<TicketsForgotten>, IConsumer<JobsForgotten>
{
    public Task Consume(ConsumeContext<TicketsForgotten> context) =>
        CountAsync(context.Message.ErasureId, e => e.Count(context.Message), context.CancellationToken);

    public Task Consume(ConsumeContext<JobsForgotten> context) =>
        CountAsync(context.Message.ErasureId, e => e.Count(context.Message), context.CancellationToken);

    private async Task CountAsync(string? id, Action<Erasure> count, CancellationToken ct)
    {
        if (Guid.TryParse(id, out var known)
            && await db.Erasures.FromSql($"SELECT * FROM erasures WHERE id = {known} FOR UPDATE").AsTracking().SingleOrDefaultAsync(ct) is { } erasure)
        {
            count(erasure);
            await db.SaveChangesAsync(ct);
        }
    }
}
