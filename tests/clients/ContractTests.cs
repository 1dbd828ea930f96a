using System.Reflection;
using System.Text.Json;
using Invoicing.Client;
using Invoicing.TestSupport;

namespace Invoicing.Clients.Tests;

/// <summary>The library's records say only what the API's document says.</summary>
public sealed class ContractTests
{
    private static readonly JsonElement Schemas = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests/contract/openapi/v2.json"))).RootElement.GetProperty("components").GetProperty("schemas");

    [TestCase(typeof(Ticket), "EnhancedTicket")]
    [TestCase(typeof(Invoice), "Invoice")]
    [TestCase(typeof(Deadline), "Deadline")]
    [TestCase(typeof(CfdiCheck), "CfdiCheck")]
    [TestCase(typeof(TicketOptions), "SubmitEnhancedTicketRequest")]
    [TestCase(typeof(Job), "JobView")]
    [TestCase(typeof(JobStep), "StepView")]
    [TestCase(typeof(Intervention), "InterventionsView")]
    [TestCase(typeof(BatchCreated), "CreateBatchResponse")]
    [TestCase(typeof(RejectedItem), "CreateBatchRejected")]
    [TestCase(typeof(Batch), "BatchesView")]
    [TestCase(typeof(BatchItem), "BatchesItem")]
    [TestCase(typeof(Tenant), "GetTenantResponse")]
    [TestCase(typeof(TenantChange), "PutTenantRequest")]
    [TestCase(typeof(Feature), "GetFeatureResponse")]
    [TestCase(typeof(Usage), "GetUsageResponse")]
    [TestCase(typeof(UsageLine), "UsageLine")]
    [TestCase(typeof(DeadLetter), "DeadLettersView")]
    [TestCase(typeof(Client.Problem), "Problem")]
    public void Every_property_is_in_the_document(Type record, string schema)
    {
        var known = Schemas.GetProperty(schema).GetProperty("properties").EnumerateObject().Select(p => p.Name);
        var said = record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite)
            .Select(p => p.GetCustomAttribute<System.Text.Json.Serialization.JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name));
        Assert.That(said, Is.SubsetOf(known));
    }
}
