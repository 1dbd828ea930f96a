using System.Net;
using System.Text;
using Invoicing.Messages;

namespace Invoicing.Tickets.Tests;

public sealed class SubmitTicketTests
{
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [TestCase("image/jpeg", "foto.jpg", "imagen", "image_processing")]
    [TestCase("application/pdf", "ticket.pdf", "pdf", "text_processing")]
    [TestCase("audio/ogg", "nota.ogg", "voz", "text_processing")]
    [TestCase("text/plain", "ticket.txt", "texto", "text_processing")]
    public async Task Each_kind_of_file_becomes_a_ticket_with_a_job(string type, string name, string tipo, string status)
    {
        var tenant = App.NewTenant();
        using var http = App.Service.As(tenant);
        var bytes = tipo switch { "pdf" => "%PDF-1.4 nada"u8.ToArray(), "voz" => "OggS...."u8.ToArray(), "texto" => "OXXO TOTAL: $125.50"u8.ToArray(), _ => "fake_image"u8.ToArray() };

        var answer = await (await http.SubmitFileAsync(bytes, name, type)).JsonAsync();

        Assert.That((string?)answer["status"], Is.EqualTo(status));
        Assert.That((string?)answer["company_id"], Is.EqualTo(tenant));
        Assert.That((long)answer["job_id"]! % 2, Is.Zero);
        Assert.That(answer.AsObject().Select(p => p.Key), Is.SupersetOf(new[] { "success", "ticket_id", "id", "message", "processing", "estado", "created_at", "updated_at" }));
        var ticket = await http.GetJsonAsync($"/invoicing/tickets/{answer["id"]}");
        Assert.That((string?)ticket["tipo"], Is.EqualTo(tipo));
        Assert.That((string?)ticket["ticket"]!["tipo"], Is.EqualTo(tipo));
    }

    [Test]
    public async Task The_ticket_is_said_on_the_bus_with_its_even_job()
    {
        using var http = App.Service.As(App.NewTenant());
        var id = await http.SubmitTextAsync("OXXO TIENDA #1234 TOTAL: $125.50");

        var said = await App.Bus.WaitForAsync<TicketSubmitted>(m => m.TicketId == id);

        Assert.That(said.JobId % 2, Is.Zero);
        Assert.That((said.Tipo, said.Priority, said.MaxRetries, said.TimeoutSeconds, said.Legacy), Is.EqualTo(("texto", "normal", 3, 300, false)));
    }

    [Test]
    public async Task A_tenant_that_stays_on_v1_gets_a_job_that_waits()
    {
        var tenant = App.NewTenant();
        App.Neighbours.Has(Neighbours.Default(tenant) with { Features = new Dictionary<string, FeatureState> { ["enhanced_automation"] = new(false, null, null) } });
        using var http = App.Service.As(tenant);

        var id = await http.SubmitTextAsync("OXXO TOTAL: $1.00");

        Assert.That((await App.Bus.WaitForAsync<TicketSubmitted>(m => m.TicketId == id)).Legacy, Is.True);
        Assert.That((string?)(await http.GetJsonAsync($"/invoicing/tickets/{id}/enhanced"))["automation_status"], Is.EqualTo("pendiente"));
        var refused = await http.PostAsync("/invoicing/v2/tickets", new StringContent("""{"raw_data":"x","tipo":"texto"}""", Encoding.UTF8, "application/json"));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((string?)(await refused.JsonAsync())["code"], Is.EqualTo("feature_disabled"));
    }

    [Test]
    public async Task The_picture_comes_back_as_it_was_and_the_list_never_carries_it()
    {
        using var http = App.Service.As(App.NewTenant());
        var id = (long)(await (await http.SubmitFileAsync(Png, "../../etc/pass;wd.png", "image/png")).JsonAsync())["id"]!;

        var image = await http.GetAsync($"/invoicing/tickets/{id}/image");

        Assert.That(await image.Content.ReadAsByteArrayAsync(), Is.EqualTo(Png));
        Assert.That(image.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/png"));
        Assert.That(image.Headers.GetValues("X-Content-Type-Options"), Does.Contain("nosniff"));
        Assert.That(image.Content.Headers.ContentDisposition!.ToString(), Does.Not.Contain("/"));
        var row = (await http.GetJsonAsync("/invoicing/tickets"))["tickets"]![0]!;
        Assert.That((string?)row["raw_data"], Is.EqualTo($"/invoicing/tickets/{id}/image"));
    }

    [Test]
    public async Task Another_tenants_ticket_does_not_exist()
    {
        using var owner = App.Service.As(App.NewTenant());
        using var stranger = App.Service.As(App.NewTenant());
        var id = await owner.SubmitTextAsync("OXXO TOTAL: $10.00");

        foreach (var path in new[] { $"tickets/{id}", $"tickets/{id}/enhanced", $"tickets/{id}/image", $"tickets/{id}/ocr-text", $"tickets/{id}/invoice-status", $"v2/tickets/{id}", $"v2/tickets/{id}/invoice.xml" })
        {
            Assert.That((await stranger.GetAsync($"/invoicing/{path}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }

        var missing = await owner.GetAsync("/invoicing/tickets/99999999");
        Assert.That((string?)(await missing.JsonAsync())["detail"], Is.EqualTo("Ticket 99999999 no encontrado"));
    }

    [Test]
    public async Task Without_credential_a_ticket_is_found_in_any_tenant_but_not_in_the_wrong_one()
    {
        var tenant = App.NewTenant();
        using var anyone = App.Service.AsAnonymous();
        using var form = new FormUrlEncodedContent([new("text_content", "OXXO TOTAL: $1.00"), new("company_id", tenant)]);
        var id = (long)(await (await anyone.PostAsync("/invoicing/tickets", form)).JsonAsync())["id"]!;

        Assert.That((await anyone.GetAsync($"/invoicing/tickets/{id}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await anyone.GetAsync($"/invoicing/tickets/{id}?company_id={tenant}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await anyone.GetAsync($"/invoicing/tickets/{id}?company_id=otra")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_viewer_may_look_but_not_send()
    {
        using var viewer = App.Service.As(App.NewTenant(), Role.viewer);
        using var form = new FormUrlEncodedContent([new("text_content", "x")]);

        var refused = await viewer.PostAsync("/invoicing/tickets", form);

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((string?)(await refused.JsonAsync())["detail"], Is.EqualTo("Permission denied: write_tickets required"));
        Assert.That((await viewer.GetAsync("/invoicing/tickets")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
