using System.Text.Json;
using Invoicing.Jobs.Db;
using Invoicing.Messages;
using MassTransit;

namespace Invoicing.Jobs.Consumers;

/// <summary>BudgetThresholdReached: a webhook to the company's own address, if it has one.</summary>
public sealed class TellBudget(JobsDb db, TimeProvider time) : IConsumer<BudgetThresholdReached>
{
    public async Task Consume(ConsumeContext<BudgetThresholdReached> context)
    {
        var data = JsonSerializer.SerializeToNode(context.Message, Json.Options)!;
        db.Add(WebhookDelivery.To(null, context.Message.CompanyId, "budget.threshold_reached", data, null, null, time.GetUtcNow()));
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
