using System.Text.Json.Nodes;

namespace Invoicing.Contract.Tests;

/// <summary>http-api.md section 3: tickets.</summary>
public sealed class V2TicketTests
{
    [Test, Walks("POST /invoicing/v2/tickets", "GET /invoicing/v2/tickets/{id}")]
    public async Task A_ticket_takes_every_field_of_the_contract()
    {
        var profile = (long)(await App.Admin.GetAsync($"/invoicing/v2/tenants/{App.Company}/fiscal-profiles")).Is(200).Json![0]!["id"]!;
        var made = (await App.Operator.PostAsync("/invoicing/v2/tickets", new
        {
            raw_data = Shapes.Text, tipo = "texto", user_id = 5, company_id = App.Company, auto_process = true, priority = "alta", merchant_hint = "tienda",
            alternative_urls = new[] { "https://facturas.example.com/a", "https://facturas.example.com/b" }, max_retries = 5, timeout_seconds = 600, captcha_solving = false,
            enable_captcha_solving = true, notification_webhook = "https://erp.example.com/hook", fiscal_profile_id = profile, portal_fields = new { total = "125.50", caja = 4, web = true },
        })).Is(200).Has([.. Shapes.EnhancedTicket, "status"]);
        Assert.That(((string?)made["status"], (string?)made["automation_status"], (int?)made["user_id"]), Is.EqualTo(("queued", "en_cola", 5)));
        var read = (await App.Viewer.GetAsync($"/invoicing/v2/tickets/{made["id"]}")).Is(200).Has(Shapes.EnhancedTicket);
        Assert.That((long?)read["automation_job_id"], Is.EqualTo((long?)made["automation_job_id"]).And.Not.Null);
        (await App.OtherAdmin.GetAsync($"/invoicing/v2/tickets/{made["id"]}")).Is(404);
        var kept = (await App.Operator.PostAsync("/invoicing/v2/tickets", new { raw_data = Shapes.Text, tipo = "texto", auto_process = false })).Is(200);
        Assert.That(((string?)kept["status"], kept["automation_job_id"]), Is.EqualTo(("created", (JsonNode?)null)));
    }

    [Test, Walks("POST /invoicing/v2/tickets", "GET /invoicing/v2/tickets/{id}/file")]
    public async Task A_ticket_comes_as_json_multipart_or_form()
    {
        var pdf = Shapes.Bytes("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF");
        var coded = (await App.Operator.PostAsync("/invoicing/v2/tickets", new { raw_data = Convert.ToBase64String(pdf), tipo = "pdf" })).Is(200);
        var file = (await App.Operator.PostFileAsync("/invoicing/v2/tickets", pdf, "t.pdf", "application/pdf", ("priority", "urgente"), ("auto_process", "true"))).Is(200);
        var form = (await App.Operator.PostFormAsync("/invoicing/v2/tickets", ("raw_data", Convert.ToBase64String(pdf)), ("tipo", "pdf"))).Is(200);
        foreach (var made in new[] { coded, file, form })
        {
            Assert.That((string?)made["tipo"], Is.EqualTo("pdf"));
            Assert.That((await App.Viewer.GetAsync($"/invoicing/v2/tickets/{made["id"]}/file")).Is(200).Bytes, Is.EqualTo(pdf));
        }

        Assert.That((string?)file["priority"], Is.EqualTo("urgente"));
    }

    [TestCase("""{"raw_data":"","tipo":"invalid_type","priority":"invalid_priority"}""", "/tipo", "/priority")]
    [TestCase("""{"raw_data":"x","tipo":"texto","max_retries":11,"timeout_seconds":29}""", "/max_retries", "/timeout_seconds")]
    [TestCase("""{"raw_data":"x","tipo":"texto","alternative_urls":["https://a.mx","https://b.mx","https://c.mx","https://d.mx","https://e.mx","https://f.mx"]}""", "/alternative_urls")]
    [TestCase("""{"raw_data":"x","tipo":"texto","alternative_urls":["http://127.0.0.1/"]}""", "/alternative_urls/0")]
    [TestCase("""{"raw_data":"x","tipo":"texto","notification_webhook":"http://erp.example.com/"}""", "/notification_webhook")]
    [TestCase("""{"raw_data":"x","tipo":"texto","portal_fields":{"fecha":"ayer"}}""", "/portal_fields/fecha")]
    [TestCase("""{"raw_data":"x","tipo":"texto","fiscal_profile_id":99999999}""", "/fiscal_profile_id")]
    [TestCase("""{"raw_data":"no base64!","tipo":"imagen"}""", "/raw_data")]
    [TestCase("""{"raw_data":"x","tipo":"texto","max_retries":"tres"}""", "/max_retries")]
    public async Task What_is_wrong_is_pointed_at(string body, params string[] pointers)
    {
        var refused = (await App.Operator.PostTextAsync("/invoicing/v2/tickets", body, "application/json")).Is(422);
        Assert.That(refused["errors"]!.AsArray().Select(e => (string?)e!["pointer"]), Is.SupersetOf(pointers));
    }

    [Test, Walks("GET /invoicing/v2/tickets")]
    public async Task The_list_is_filtered_and_its_pages_stay_put_while_tickets_arrive()
    {
        var (company, admin) = await App.NewTenantAsync();
        var ids = new List<long>();
        for (var i = 0; i < 7; i++)
        {
            ids.Add((await admin.NewTicketAsync(more: new { auto_process = false })).Ticket);
        }

        var seen = new List<long>();
        for (var next = "/invoicing/v2/tickets?limit=2&estado=pendiente"; next is not null;)
        {
            var page = (await admin.GetAsync(next)).Is(200);
            seen.AddRange(page.Json!.AsArray().Select(t => (long)t!["id"]!));
            next = page.Header("Link") is { } link ? link.Split('<', '>')[1] : null;
            await admin.NewTicketAsync(more: new { auto_process = false });
        }

        Assert.That(seen, Is.EqualTo(ids.AsEnumerable().Reverse()), "each once, newest first, none that came later");
        var all = (await App.Platform.GetAsync($"/invoicing/v2/tickets?company_id={company}&limit=1")).Is(200);
        Assert.That(int.Parse(all.Header("X-Total-Count")!, System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThanOrEqualTo(8));
        all.Has(all.Json![0]!, Shapes.EnhancedTicket);
        Assert.That((await admin.GetAsync("/invoicing/v2/tickets?status=completado,fallido")).Is(200).Json!.AsArray(), Is.Empty);
        Assert.That((await admin.GetAsync("/invoicing/v2/tickets?created_before=2020-01-01T00:00:00Z")).Is(200).Json!.AsArray(), Is.Empty);
        foreach (var bad in (string[])["limit=0", "limit=201", "offset=-1", "limit=abc", "cursor=x", "status=nada", "created_after=ayer", "merchant_id=uno", "limit=1&limit=2"])
        {
            (await admin.GetAsync($"/invoicing/v2/tickets?{bad}")).Is(422);
        }

        (await admin.GetAsync($"/invoicing/v2/tickets?company_id={App.Other}")).Is(403, "cross_tenant");
    }

    [Test, Walks("POST /invoicing/v2/tickets/{id}/fields")]
    public async Task A_person_corrects_what_was_read()
    {
        var (id, _) = await App.Admin.NewTicketAsync(more: new { auto_process = false });
        var corrected = (await App.Operator.PostAsync($"/invoicing/v2/tickets/{id}/fields", new { fields = new { total = "99.90", folio = "A-1" } })).Is(200);
        Assert.That(((string?)corrected["extracted_fields"]!["total"], (string?)corrected["extracted_fields"]!["folio"]), Is.EqualTo(("99.90", "A-1")));
        (await App.Operator.PostAsync($"/invoicing/v2/tickets/{id}/fields", new { fields = new { total = "mucho" } })).Is(422);
        (await App.Operator.PostAsync($"/invoicing/v2/tickets/{id}/fields", new { })).Is(422);
    }

    [Test]
    public async Task A_v2_ticket_has_every_key_of_the_v1_ticket()
    {
        foreach (var more in new object?[] { null, new { auto_process = false }, new { raw_data = "aGVsbG8=", tipo = "voz" } })
        {
            var (id, _) = await V2Async(more);
            var (v1, v2) = ((await App.Viewer.GetAsync($"/invoicing/tickets/{id}")).Is(200), (await App.Viewer.GetAsync($"/invoicing/v2/tickets/{id}")).Is(200));
            Assert.That(v1.Json!.AsObject().Select(p => p.Key).Except(v2.Json!.AsObject().Select(p => p.Key)), Is.Empty);
            Assert.That(v1["ticket"]!.AsObject().Select(p => p.Key).Except(v2["ticket"]!.AsObject().Select(p => p.Key)), Is.Empty);
        }
    }

    private static async Task<(long, long?)> V2Async(object? more)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["raw_data"] ??= Shapes.Text;
        body["tipo"] ??= "texto";
        var made = (await App.Operator.PostAsync("/invoicing/v2/tickets", body)).Is(200);
        return ((long)made["id"]!, (long?)made["automation_job_id"]);
    }
}
