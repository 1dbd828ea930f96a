using Invoicing.TestSupport;

namespace Invoicing.Contract.Tests;

/// <summary>http-api.md sections 2 and 5: merchants, jobs and bridges for existing clients, and the pages they know.</summary>
public sealed class V1RestTests
{
    [Test, Walks("GET /invoicing/merchants", "POST /invoicing/merchants", "GET /invoicing/merchants/{id}")]
    public async Task Merchants_are_listed_by_name_the_shared_and_the_tenant_s_own()
    {
        var made = (await App.Operator.PostAsync("/invoicing/merchants", new { nombre = $"Zapatería {Guid.NewGuid():N}", metodo_facturacion = "email", metadata = new { rfc = "ZAP010101AA1", aliases = new[] { "zapateria" } } })).Is(200).Has(Shapes.Merchant);
        var list = (await App.Viewer.GetAsync("/invoicing/merchants")).Is(200);
        var names = list.Json!.AsArray().Select(m => (string)m!["nombre"]!).ToList();
        Assert.That(names, Does.Contain((string)made["nombre"]!));
        Assert.That(names.Where(n => char.IsLetter(n[0])), Is.Ordered.Using<string>((a, b) => new System.Globalization.CultureInfo("es-MX").CompareInfo.Compare(a, b, System.Globalization.CompareOptions.IgnoreCase)));
        Assert.That(list.Header("X-Total-Count"), Is.EqualTo($"{list.Json.AsArray().Count}"));
        (await App.Viewer.GetAsync($"/invoicing/merchants/{made["id"]}")).Is(200).Has(Shapes.Merchant);
        (await App.OtherAdmin.GetAsync($"/invoicing/merchants/{made["id"]}")).Is(404);
        Assert.That((await App.OtherAdmin.GetAsync("/invoicing/merchants")).Is(200).Json!.AsArray().Select(m => (long?)m!["id"]), Has.No.Member((long?)made["id"]));
        (await App.Operator.PostAsync("/invoicing/merchants", new { nombre = "x", metodo_facturacion = "paloma" })).Is(422);
        (await App.Operator.PostAsync("/invoicing/merchants", new { nombre = "x", metodo_facturacion = "portal", metadata = new { portal_url = "http://10.0.0.1/" } })).Is(422, "forbidden_address");
    }

    [Test, Walks("GET /invoicing/jobs", "POST /invoicing/jobs/{id}/process")]
    public async Task Jobs_are_listed_and_run_by_hand()
    {
        var (_, job) = await App.Admin.NewTicketAsync();
        await App.Admin.WaitingJobAsync(job);
        var list = (await App.Viewer.GetAsync("/invoicing/jobs?limit=5")).Is(200).Has("success", "total", "jobs", "company_id");
        list.Has(list["jobs"]![0]!, "id", "ticket_id", "merchant_id", "merchant_name", "estado", "resultado", "error_message", "retry_count", "scheduled_at", "completed_at", "created_at", "updated_at", "company_id");
        (await App.Operator.PostAsync($"/invoicing/jobs/{job}/process")).Is(200).Has("success", "job_id", "ticket_id", "status");
        (await App.Operator.PostAsync($"/invoicing/v2/jobs/{job}/cancel")).Is(200);
        (await App.Operator.PostAsync($"/invoicing/jobs/{job}/process")).Is(409);
        (await App.Operator.PostAsync("/invoicing/jobs/99999999/process")).Is(404);
        (await App.OtherAdmin.PostAsync($"/invoicing/jobs/{job}/process")).Is(404);
    }

    [Test, Walks("GET /invoicing/tickets/{id}/enhanced")]
    public async Task The_first_bridge_is_the_v2_ticket()
    {
        var (id, _) = await App.Admin.NewTicketAsync();
        (await App.Viewer.GetAsync($"/invoicing/tickets/{id}/enhanced")).Is(200).Has(Shapes.EnhancedTicket);
        Assert.That((string?)(await App.Viewer.GetAsync("/invoicing/tickets/99999999/enhanced")).Is(404)["detail"], Is.EqualTo("Ticket 99999999 no encontrado"));
    }

    [Test, Walks("POST /invoicing/tickets/{id}/process-robust")]
    public async Task The_second_bridge_gives_the_open_job_or_a_new_one()
    {
        var (id, job) = await App.Admin.NewTicketAsync();
        await App.Admin.WaitingJobAsync(job);
        var path = $"/invoicing/tickets/{id}/process-robust?priority=alta&enable_captcha=true&max_retries=5";
        var answer = (await App.Operator.PostAsync(path)).Is(200).Has("status", "ticket_id", "job_id", "mode", "message");
        Assert.That(((string?)answer["status"], (string?)answer["mode"], (long?)answer["job_id"]), Is.EqualTo(("queued", "enhanced", job)));
        (await App.Operator.PostAsync(path, new[] { "https://facturas.example.com" })).Is(200);
        (await App.Operator.PostAsync(path, new { alternative_urls = new[] { "https://facturas.example.com" } })).Is(200);
        (await App.Operator.PostAsync(path, new[] { "http://192.168.1.1/" })).Is(422);
        (await App.Operator.PostAsync($"/invoicing/tickets/{id}/process-robust?priority=ya")).Is(422);
        (await App.Operator.PostAsync($"/invoicing/tickets/{id}/process-robust?max_retries=11")).Is(422);
        (await App.Operator.PostAsync("/invoicing/tickets/99999999/process-robust")).Is(404);
        (await App.OtherAdmin.PostAsync(path)).Is(404);
    }

    [Test, Walks("GET /invoicing/system/status", "GET /invoicing/automation/latest-data-enhanced", "GET /invoicing/automation/latest-data")]
    public async Task The_other_bridges_tell_of_the_system_and_of_the_latest_runs()
    {
        var status = (await App.Viewer.GetAsync("/invoicing/system/status")).Is(200).Has("system_health", "enhanced_mode", "capabilities", "api_version");
        status.Has(status["system_health"]!, "status", "mode", "services", "warnings", "errors");
        Assert.That(((bool?)status["enhanced_mode"], (string?)status["api_version"]), Is.EqualTo((true, "1.1-enhanced")));
        await App.Admin.NewTicketAsync();
        var latest = (await App.Viewer.GetAsync("/invoicing/automation/latest-data-enhanced")).Is(200).Has("enhanced_mode", "recent_automations", "system_capabilities");
        var data = latest["recent_automations"]![0]!["automation_data"]!;
        latest.Has(data, "ticket_id", "job_data", "logs", "screenshots", "summary").Has(data["summary"]!, "total_steps", "screenshots_count", "status", "duration_ms", "final_url", "success_rate");
        (await App.Viewer.GetAsync("/invoicing/automation/latest-data")).Is(200);
    }

    [Test]
    public async Task A_tenant_kept_on_v1_is_served_as_before()
    {
        var (company, admin) = await App.NewTenantAsync();
        (await admin.PutAsync($"/invoicing/v2/tenants/{company}/features/enhanced_automation", new { enabled = false })).Is(200);
        Answer ticket = null!;
        await Eventually.TrueAsync(async () => (ticket = await admin.PostFormAsync("/invoicing/tickets", ("text_content", Shapes.Text))).Is(200).Header("X-Automation-Mode") == "legacy", "the flag to be known");
        await Eventually.TrueAsync(async () => (await admin.PostAsync("/invoicing/v2/tickets", new { raw_data = "x", tipo = "texto" })).Status == 403, "tickets to know it too");
        (await admin.PostAsync("/invoicing/v2/tickets", new { raw_data = "x", tipo = "texto" })).Is(403, "feature_disabled");
        (await admin.GetAsync($"/invoicing/v2/tickets/{ticket["id"]}")).Is(200);
        await Eventually.TrueAsync(
            async () => (string?)(await admin.PostAsync($"/invoicing/tickets/{ticket["id"]}/process-robust")).Is(200)["mode"] == "legacy", "jobs to know it too");
    }

    [Test, Walks("GET /health", "GET /alive", "GET /", "GET /invoicing/dashboard", "GET /invoicing/automation-viewer", "GET /invoicing/simple")]
    public async Task Health_and_old_pages_answer()
    {
        Assert.That((string?)(await App.Nobody.GetAsync("/health")).Is(200).Has("status", "version", "server", "uptime")["status"], Is.EqualTo("healthy"));
        (await App.Nobody.GetAsync("/alive")).Is(200);
        (await App.Nobody.GetAsync("/")).Is(307);
        foreach (var (page, now) in new[] { ("dashboard", "tickets"), ("automation-viewer", "trabajos"), ("simple", "tickets/nuevos") })
        {
            Assert.That((await App.Nobody.GetAsync($"/invoicing/{page}")).Is(302).Header("Location"), Is.EqualTo($"/console/{now}"));
        }

        foreach (var gone in (string[])["tickets/1/navigate-urls", "tickets/1/validate-consistency", "tickets/1/create-expense", "screenshots/a.png", "maintenance/cleanup", "dev/seed-merchants", "v2/tickets/1/status", "v2/queue/metrics"])
        {
            Assert.That((string?)(await App.Nobody.GetAsync($"/invoicing/{gone}")).Is(410, "gone")["detail"], Does.Contain("/invoicing/"));
        }
    }
}
