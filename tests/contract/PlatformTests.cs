using System.Net.Http.Headers;
using System.Text;
using Invoicing.TestSupport;

namespace Invoicing.Contract.Tests;

/// <summary>http-api.md section 3: health, numbers, fiscal documents, mail and the platform's own routes.</summary>
public sealed class PlatformTests
{
    [Test, Walks("GET /invoicing/v2/health")]
    public async Task Health_is_measured()
    {
        var health = (await App.Viewer.GetAsync("/invoicing/v2/health")).Is(200).Has("status", "services", "active_jobs", "queue_size", "average_processing_time_ms", "success_rate_24h");
        health.Has(health["services"]![0]!, "name", "status", "response_time_ms", "error_rate", "last_check");
        Assert.That((int?)health["active_jobs"], Is.Zero, "no browser runs here");
    }

    [Test, Walks("GET /invoicing/v2/metrics", "GET /invoicing/v2/billing/usage")]
    public async Task Numbers_are_the_tenant_s_and_costs_are_for_those_who_may_see_them()
    {
        string[] keys = ["total_jobs_today", "successful_jobs_today", "failed_jobs_today", "average_processing_time_ms", "captchas_solved_today", "top_error_types", "series"];
        (await App.Admin.GetAsync("/invoicing/v2/metrics?group_by=merchant")).Is(200).Has([.. keys, "cost_today"]);
        Assert.That((await App.Viewer.GetAsync("/invoicing/v2/metrics?group_by=day")).Is(200).Has(keys).Json!.AsObject().ContainsKey("cost_today"), Is.False);
        var usage = (await App.Admin.GetAsync("/invoicing/v2/billing/usage?from=2025-01-01&to=2025-01-31")).Is(200).Has("company_id", "from", "to", "total_cost", "currency", "lines");
        Assert.That(((string?)usage["company_id"], (string?)usage["from"], (string?)usage["currency"]), Is.EqualTo((App.Company, "2025-01-01", "USD")));
        Assert.That((await App.Admin.GetAsync("/invoicing/v2/billing/usage?format=csv")).Is(200).ContentType, Is.EqualTo("text/csv"));
        foreach (var bad in (string[])["metrics?group_by=luna", "metrics?from=ayer", "billing/usage?format=pdf", "billing/usage?from=2025-02-30", "billing/usage?from=2025-02-02&to=2025-02-01"])
        {
            (await App.Admin.GetAsync($"/invoicing/v2/{bad}")).Is(422);
        }

        (await App.Admin.GetAsync($"/invoicing/v2/billing/usage?company_id={App.Other}")).Is(403, "cross_tenant");
    }

    [Test, Walks("GET /invoicing/v2/billing/statements", "GET /invoicing/v2/billing/statements/{month}", "POST /invoicing/v2/billing/statements/{month}/close")]
    public async Task Statements_are_a_tenants_and_months_are_closed_by_the_platform()
    {
        Assert.That((await App.Admin.GetAsync("/invoicing/v2/billing/statements")).Is(200).Json!.AsArray(), Is.Not.Null);
        var statement = (await App.Admin.GetAsync("/invoicing/v2/billing/statements/2025-01")).Is(200)
            .Has("company_id", "month", "status", "closed_at", "currency", "jobs", "successful", "failed", "total_cost", "cost_breakdown", "lines", "adjustments");
        Assert.That(((string?)statement["company_id"], (string?)statement["month"], (string?)statement["currency"]), Is.EqualTo((App.Company, "2025-01", "USD")));
        Assert.That((await App.Admin.GetAsync("/invoicing/v2/billing/statements/2025-01?format=csv")).Is(200).ContentType, Is.EqualTo("text/csv"));
        Assert.That((await App.Admin.GetAsync("/invoicing/v2/billing/statements/2025-01?format=pdf")).Is(200).Text, Does.StartWith("%PDF-1.4"));
        Assert.That((string?)(await App.Platform.PostAsync("/invoicing/v2/billing/statements/2025-01/close")).Is(200).Has("month", "status", "closed_at", "closed_by")["status"], Is.EqualTo("closed"));
        (await App.Platform.PostAsync($"/invoicing/v2/billing/statements/{TimeProvider.System.GetUtcNow().AddHours(-6):yyyy-MM}/close")).Is(409, "month_not_over");
        (await App.Admin.GetAsync("/invoicing/v2/billing/statements/2025-13")).Is(404);
        (await App.Admin.GetAsync("/invoicing/v2/billing/statements/2025-01?format=xml")).Is(422);
    }

    [Test, Walks("GET /invoicing/v2/billing/budget", "PUT /invoicing/v2/billing/budget")]
    public async Task A_budget_is_kept()
    {
        var put = (await App.Admin.PutAsync("/invoicing/v2/billing/budget", new { amount = 500, currency = "USD" })).Is(200).Has("company_id", "month", "amount", "currency", "spent", "alerts", "updated_at");
        Assert.That((decimal?)put["amount"], Is.EqualTo(500));
        Assert.That((decimal?)(await App.Admin.GetAsync("/invoicing/v2/billing/budget")).Is(200)["amount"], Is.EqualTo(500));
        (await App.Admin.PutAsync("/invoicing/v2/billing/budget", new { amount = 500, currency = "MXN" })).Is(422);
    }

    [Test, Walks("POST /invoicing/v2/cfdi/validate")]
    public async Task A_cfdi_is_judged_alone_or_against_what_it_should_say()
    {
        var (sold, xml) = await Portal.InvoicedTicketAsync();
        var rfc = (string)(await App.TaxpayerAsync())["rfc"]!;
        var text = Encoding.UTF8.GetString(xml);
        var judged = (await App.Viewer.PostTextAsync("/invoicing/v2/cfdi/validate", text, "application/xml")).Is(200)
            .Has("valid", "version", "uuid", "emisor_rfc", "receptor_rfc", "total", "fecha", "seal", "stamp", "checks");
        Assert.That(((bool?)judged["valid"], (string?)judged["seal"]!["status"], (string?)judged["stamp"]!["status"]), Is.EqualTo((true, "valid", "valid")), judged.Text);
        judged.Has(judged["checks"]![0]!, "code", "status", "detail");
        Assert.That((bool?)(await App.Viewer.PostTextAsync($"/invoicing/v2/cfdi/validate?receptor_rfc={rfc}&total={sold["total"]}", text, "application/xml")).Is(200)["valid"], Is.True);
        Assert.That((bool?)(await App.Viewer.PostTextAsync("/invoicing/v2/cfdi/validate?receptor_rfc=XAXX010101000", text, "application/xml")).Is(200)["valid"], Is.False);
        Assert.That((bool?)(await App.Viewer.PostFileAsync("/invoicing/v2/cfdi/validate", xml, "f.xml", "application/xml", ("total", "1.00"))).Is(200)["valid"], Is.False);
        Assert.That((bool?)(await App.Viewer.PostTextAsync("/invoicing/v2/cfdi/validate", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>", "application/xml")).Is(200)["valid"], Is.False);
        (await App.Viewer.PostTextAsync("/invoicing/v2/cfdi/validate?total=mucho", text, "application/xml")).Is(422);
        (await App.Viewer.PostTextAsync("/invoicing/v2/cfdi/validate?ticket_id=99999999", text, "application/xml")).Is(404);
    }

    [TestCase(" xaxx010101000 ", "XAXX010101000", true, "generico")]
    [TestCase("XEXX010101000", "XEXX010101000", true, "extranjero")]
    [TestCase("NADA", "NADA", false, null)]
    [Walks("GET /invoicing/v2/fiscal/rfc/{rfc}")]
    public async Task An_rfc_is_judged(string given, string told, bool valid, string? kind)
    {
        var answer = (await App.Viewer.GetAsync($"/invoicing/v2/fiscal/rfc/{Uri.EscapeDataString(given)}")).Is(200).Has("rfc", "format_valid", "kind", "check_digit_valid", "reasons");
        Assert.That(((string?)answer["rfc"], (bool?)answer["format_valid"], (string?)answer["kind"]), Is.EqualTo((told, valid, kind)));
    }

    [Test, Walks("GET /invoicing/v2/inbox")]
    public async Task A_tenant_without_a_mailbox_hears_that_none_was_read()
    {
        var (company, admin) = await App.NewTenantAsync();
        var told = (await admin.GetAsync("/invoicing/v2/inbox")).Is(200).Has("company_id", "checked_at", "trouble");
        Assert.That(((string?)told["company_id"], (string?)told["checked_at"]), Is.EqualTo((company, (string?)null)));
    }

    [Test, Walks("POST /invoicing/v2/inbox")]
    public async Task A_mail_gives_its_cfdis()
    {
        var (_, xml) = await Portal.InvoicedTicketAsync();
        var mail = $"From: facturas@tienda.mx\r\nTo: a@b.mx\r\nSubject: Factura\r\nMIME-Version: 1.0\r\nContent-Type: application/xml; name=f.xml\r\nContent-Disposition: attachment; filename=f.xml\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(xml, Base64FormattingOptions.InsertLineBreaks)}\r\n";
        var answer = (await App.OtherAdmin.PostTextAsync("/invoicing/v2/inbox", mail, "message/rfc822")).Is(200).Has("received", "matched", "unmatched");
        Assert.That(((int?)answer["received"], answer["matched"]!.AsArray().Count, answer["unmatched"]!.AsArray().Count), Is.EqualTo((1, 0, 1)), "nobody at this tenant waits for it");
    }

    [Test, Walks("GET /invoicing/v2/admin/overview", "GET /invoicing/v2/admin/circuit-breakers", "POST /invoicing/v2/admin/circuit-breakers/{host}/reset", "GET /invoicing/v2/admin/portals")]
    public async Task Operators_of_the_platform_see_how_it_stands()
    {
        (await App.Platform.GetAsync("/invoicing/v2/admin/overview")).Is(200);
        (await App.Platform.GetAsync("/invoicing/v2/admin/portals")).Is(200);
        Assert.That((await App.Platform.GetAsync("/invoicing/v2/admin/circuit-breakers")).Is(200).Json, Is.Not.Null);
        Assert.That((await App.Platform.PostAsync("/invoicing/v2/admin/circuit-breakers/nadie.example.com/reset")).Status, Is.EqualTo(200).Or.EqualTo(404));
    }

    [Test, Walks("GET /invoicing/v2/admin/portals/{host}", "PUT /invoicing/v2/admin/portals/{host}", "DELETE /invoicing/v2/admin/portals/{host}")]
    public async Task Operators_of_the_platform_keep_a_portals_recipe()
    {
        const string portal = "/invoicing/v2/admin/portals/recetas.example.com";
        var put = (await App.Platform.PutAsync(portal, new { recipe = new { format = 2, fields = new { } } })).Is(200).Has("host", "attempts", "breaker", "recipe", "versions");
        Assert.That((int?)put["recipe"]!["recipe"]!["format"], Is.EqualTo(2));
        Assert.That((string?)(await App.Platform.GetAsync(portal)).Is(200)["recipe"]!["state"], Is.EqualTo("current"));
        (await App.Platform.DeleteAsync(portal)).Is(204);
        (await App.Platform.DeleteAsync(portal)).Is(404);
        Assert.That((await App.Platform.GetAsync(portal)).Is(200)["recipe"], Is.Null);
    }

    [Test, Walks("GET /invoicing/v2/admin/dead-letters", "POST /invoicing/v2/admin/dead-letters/{id}/replay", "POST /invoicing/v2/admin/dead-letters/replay", "DELETE /invoicing/v2/admin/dead-letters/{id}")]
    public async Task Dead_letters_are_listed_replayed_and_discarded()
    {
        await RawMessages.PublishAsync(App.Local.Broker, "jobs-open-job", "nada que se entienda"u8.ToArray(), "basura");
        Answer letters = null!;
        await Eventually.TrueAsync(async () => (letters = (await App.Platform.GetAsync("/invoicing/v2/admin/dead-letters")).Is(200)).Json!.AsArray().Count > 0, "the message to be kept");
        letters.Has(letters.Json![0]!, "id", "queue", "message_type", "reason", "attempts", "company_id", "job_id", "first_at", "last_at", "payload", "status");
        var letter = (string)letters.Json[0]!["id"]!;
        Assert.That((string?)(await App.Platform.DeleteAsync($"/invoicing/v2/admin/dead-letters/{letter}")).Is(200)["status"], Is.EqualTo("discarded"));
        (await App.Platform.PostAsync($"/invoicing/v2/admin/dead-letters/{letter}/replay")).Is(409, "already_discarded");
        (await App.Platform.PostAsync("/invoicing/v2/admin/dead-letters/99999999/replay")).Is(404);
        (await App.Platform.DeleteAsync("/invoicing/v2/admin/dead-letters/99999999")).Is(404);
        Assert.That((int?)(await App.Platform.PostAsync("/invoicing/v2/admin/dead-letters/replay?queue=none")).Is(200)["count"], Is.Zero);
    }

    [Test, Walks("GET /invoicing/v2/webhooks/deliveries", "POST /invoicing/v2/webhooks/deliveries/{id}/resend")]
    public async Task Deliveries_are_told()
    {
        Assert.That((await App.Admin.GetAsync("/invoicing/v2/webhooks/deliveries")).Is(200).Json!.AsArray(), Is.Not.Null);
        (await App.Admin.PostAsync("/invoicing/v2/webhooks/deliveries/99999999/resend")).Is(404);
    }

    [Test, Walks("GET /invoicing/v2/admin/keys", "POST /invoicing/v2/admin/keys/rotate", "GET /invoicing/v2/admin/audit", "GET /invoicing/v2/admin/audit/verification")]
    public async Task Keys_are_rotated_and_it_is_written_down()
    {
        (await App.Platform.GetAsync("/invoicing/v2/admin/keys")).Is(200);
        Assert.That((int?)(await App.Platform.PostAsync("/invoicing/v2/admin/keys/rotate")).Is(200)["remaining"], Is.Zero);
        var audit = (await App.Platform.GetAsync($"/invoicing/v2/admin/audit?company_id={App.Company}&limit=5")).Is(200);
        audit.Has(audit.Json![0]!, "sequence", "at", "actor", "role", "company_id", "action", "target", "hash");
        Assert.That((bool?)(await App.Platform.GetAsync("/invoicing/v2/admin/audit/verification")).Is(200)["valid"], Is.True);
        (await App.Platform.GetAsync("/invoicing/v2/admin/audit?limit=0")).Is(422);
    }

    [Test, Walks("POST /invoicing/v2/admin/pac-certificates")]
    public async Task A_pac_is_trusted_from_its_certificate_on()
    {
        var pem = await App.Local.Portals.GetStringAsync(new Uri("/_control/pac-certificate", UriKind.Relative));
        var content = new StringContent(pem);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-pem-file");
        (await App.Platform.SendAsync(HttpMethod.Post, "/invoicing/v2/admin/pac-certificates", content)).Is(200).Has("serial", "subject", "not_after");
        (await App.Platform.PostTextAsync("/invoicing/v2/admin/pac-certificates", "nada", "application/x-pem-file")).Is(422);
    }
}
