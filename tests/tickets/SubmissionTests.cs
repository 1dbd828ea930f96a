using System.Net;
using System.Text.Json.Nodes;
using Invoicing.Messages;

namespace Invoicing.Tickets.Tests;

/// <summary>What tickets tells the jobs service when it is asked instead of heard.</summary>
public sealed class SubmissionTests
{
    [Test]
    public async Task A_submission_can_be_asked_for_as_it_was_said()
    {
        var tenant = App.NewTenant();
        using var http = App.Service.As(tenant);
        using var jobs = App.Service.AsService("jobs");
        var ticket = await http.PostOkAsync("/invoicing/v2/tickets", new { raw_data = "TOTAL 10.00", tipo = "texto", priority = "alta", max_retries = 1, portal_fields = new { folio = "A1" } });
        var said = await App.Bus.WaitForAsync<TicketSubmitted>(m => m.TicketId == (long)ticket["id"]!);
        var ofTicket = await jobs.GetJsonAsync($"/internal/tickets/{said.TicketId}/submission");
        var ofJob = await jobs.GetJsonAsync($"/internal/jobs/{said.JobId}");
        var list = await jobs.PostOkAsync("/internal/tickets/submissions", new { ticket_ids = new[] { said.TicketId, 999_999_999 } });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(JsonNode.DeepEquals(ofTicket, System.Text.Json.JsonSerializer.SerializeToNode(said, Json.Options)), Is.True, ofTicket.ToJsonString());
            Assert.That(JsonNode.DeepEquals(ofTicket, ofJob), Is.True);
            Assert.That(list.AsArray(), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task A_tenant_kept_on_v1_is_told_as_legacy()
    {
        var tenant = App.NewTenant();
        App.Neighbours.Has(Neighbours.Default(tenant) with { Features = new Dictionary<string, FeatureState> { ["enhanced_automation"] = new(false, null, null) } });
        using var http = App.Service.As(tenant);
        using var jobs = App.Service.AsService("jobs");
        var id = await http.SubmitTextAsync("TOTAL 10.00");
        Assert.That((bool)(await jobs.GetJsonAsync($"/internal/tickets/{id}/submission"))["legacy"]!, Is.True);
    }

    [Test]
    public async Task Only_services_may_ask_and_what_was_never_said_is_not_found()
    {
        using var jobs = App.Service.AsService("jobs");
        using var user = App.Service.As(App.NewTenant(), Role.admin);
        Assert.That((await jobs.GetAsync("/internal/jobs/999999998")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await user.GetAsync("/internal/jobs/999999998")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }
}
