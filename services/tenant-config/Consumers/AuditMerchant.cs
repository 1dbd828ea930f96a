using System.Text.Json.Nodes;
using Invoicing.Messages;
using Invoicing.Tenants.Db;
using MassTransit;

namespace Invoicing.Tenants.Consumers;

/// <summary>MerchantChanged: who changed which merchant of the catalogue goes into the audit chain; a shared one under <c>*</c>.</summary>
public sealed class AuditMerchant(TenantsDb db) : IConsumer<MerchantChanged>
{
    public Task Consume(ConsumeContext<MerchantChanged> context)
    {
        var m = context.Message;
        var who = new Caller(m.Actor, m.CompanyId, Enum.Parse<Role>(m.Role), Anonymous: false);
        var fact = new AuditFact(m.CompanyId ?? "*", "merchant.changed", $"{m.MerchantId}", JsonNode.Parse(m.Before), JsonNode.Parse(m.After));
        return db.SaveAuditedAsync(who, () => fact, m.At, context.CancellationToken);
    }
}
