using System.Text.Json.Nodes;

namespace Invoicing.Contract.Tests;

/// <summary>
/// The replaced system's own tests, asked over HTTP. They call without a credential and name the tenant, as its clients did. Where they
/// contradicted each other, the contract decided: <c>GET /invoicing/jobs</c> is an object.
/// </summary>
public sealed class OriginalTests
{
    private static readonly string[] Estados = ["pendiente", "procesando", "completado", "fallido"];

    [Test]
    public async Task Root_and_health_are_what_clients_know()
    {
        Assert.That((await App.Anonymous.GetAsync("/")).Is(307).Header("Location"), Is.EqualTo("/static/index.html"));
        var health = (await App.Anonymous.GetAsync("/health")).Is(200).Has("status", "version", "server", "uptime");
        Assert.That(((string?)health["status"], (string?)health["version"] != "1.0.0"), Is.EqualTo(("healthy", true)));
    }

    [Test]
    public async Task Create_and_get_ticket_schema()
    {
        var made = (await App.Anonymous.PostFileAsync("/invoicing/tickets", Shapes.Bytes("fake_image"), "test.jpg", "image/jpeg", ("company_id", "default"))).Is(200).Has("ticket_id", "status", "message", "id");
        var ticket = (await App.Anonymous.GetAsync($"/invoicing/tickets/{made["ticket_id"]}")).Is(200).Has("id", "estado", "created_at", "updated_at", "tipo");
        Assert.That(Estados, Has.Member((string?)ticket["estado"]));
        Assert.That((string?)ticket["tipo"], Is.EqualTo("imagen"));
        Assert.That((long?)ticket["id"], Is.EqualTo((long?)made["ticket_id"]));
    }

    [Test]
    public async Task Merchants_and_jobs_endpoints()
    {
        var merchants = (await App.Anonymous.GetAsync("/invoicing/merchants")).Is(200);
        merchants.Has(merchants.Json!.AsArray()[0]!, "id", "nombre", "metodo_facturacion", "is_active");
        var (_, job) = await Anonymously(Shapes.Text);
        await App.Anonymous.WaitingJobAsync(job);
        var jobs = (await App.Anonymous.GetAsync("/invoicing/jobs")).Is(200);
        jobs.Has(jobs["jobs"]![0]!, "id", "ticket_id", "estado", "created_at");
    }

    [TestCase("/static/automation-viewer.html", "text/html")]
    [TestCase("/static/advanced-ticket-dashboard.html", "text/html")]
    [TestCase("/static/app.js", "javascript")]
    public async Task Pages_accessible(string path, string type) => Assert.That((await App.Anonymous.GetAsync(path)).Is(200).ContentType, Does.Contain(type));

    [Test]
    public async Task Error_behaviour()
    {
        (await App.Anonymous.GetAsync("/nonexistent-endpoint")).Is(404);
        Assert.That((string?)(await App.Anonymous.PostFormAsync("/invoicing/tickets")).Is(400)["detail"], Is.Not.Empty);
        Assert.That((string?)(await App.Anonymous.GetAsync("/invoicing/v2/tickets/99999999")).Is(404)["detail"], Is.Not.Empty);
        foreach (var path in (string[])["tickets/invalid-id", "tickets/invalid-id/automation-data", "merchants/invalid-id"])
        {
            var refused = (await App.Anonymous.GetAsync($"/invoicing/{path}")).Is(422);
            Assert.That(refused["detail"]![0]!["loc"]!.ToJsonString(), Is.EqualTo("[\"path\",\"id\"]"), path);
        }

        (await App.Anonymous.PostAsync("/invoicing/v2/tickets", new { raw_data = "", tipo = "invalid_type", priority = "invalid_priority" })).Is(422).Has("detail");
        Assert.That((await App.Anonymous.PostFileAsync("/invoicing/tickets", Shapes.Bytes("MZ"), "malware.exe", "application/exe")).Status, Is.InRange(400, 422));
    }

    [Test]
    public async Task Create_enhanced_ticket_and_get_it()
    {
        var made = (await App.Anonymous.PostAsync("/invoicing/v2/tickets", new
        {
            raw_data = "test ticket", tipo = "texto", auto_process = true, priority = "alta", alternative_urls = new[] { "https://test1.com", "https://test2.com" },
            enable_captcha_solving = true, max_retries = 5, timeout_seconds = 600,
        })).Is(200).Has("automation_status", "automation_job_id");
        Assert.That(((string?)made["automation_status"], (string?)made["status"]), Is.AnyOf(("pendiente", "queued"), ("en_cola", "queued")));
        var read = (await App.Anonymous.GetAsync($"/invoicing/v2/tickets/{made["id"]}")).Is(200).Has("automation_status");
        Assert.That((long?)read["automation_job_id"], Is.EqualTo((long?)made["automation_job_id"]));
        (await App.Anonymous.GetAsync($"/invoicing/tickets/{made["id"]}/enhanced")).Is(200).Has("id", "automation_status");
    }

    [Test]
    public async Task Jobs_list_stream_bulk_health_metrics()
    {
        Assert.That((await App.Anonymous.GetAsync("/invoicing/v2/jobs?status=procesando&limit=10")).Is(200).Json, Is.InstanceOf<JsonArray>());
        (await App.Anonymous.GetAsync("/invoicing/v2/jobs/99999999/stream")).Is(404);
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await Anonymously(Shapes.Text, "test_company")).Ticket);
        }

        Answer bulk = null!;
        await TestSupport.Eventually.TrueAsync(async () => (bulk = (await App.Anonymous.PostAsync("/invoicing/v2/bulk", new { ticket_ids = ids, priority = "normal", max_concurrent = 3, company_id = "test_company" })).Is(200))["jobs_created"]!.AsArray().Count == 5, "all tickets to be known to jobs");
        bulk.Has("batch_id", "estimated_completion");
        Assert.That((int?)bulk["total_tickets"], Is.EqualTo(5));
        (await App.Anonymous.GetAsync("/invoicing/v2/health")).Is(200).Has("status", "services", "active_jobs");
        (await App.Anonymous.GetAsync("/invoicing/v2/metrics")).Is(200).Has("total_jobs_today", "successful_jobs_today", "failed_jobs_today", "average_processing_time_ms");
    }

    [Test]
    public async Task Bridges()
    {
        var (ticket, _) = await Anonymously(Shapes.Text);
        var robust = (await App.Anonymous.PostAsync($"/invoicing/tickets/{ticket}/process-robust?priority=alta&enable_captcha=true&max_retries=5")).Is(200);
        Assert.That(((string?)robust["status"], (string?)robust["mode"]), Is.EqualTo(("queued", "enhanced")));
        var status = (await App.Anonymous.GetAsync("/invoicing/system/status")).Is(200).Has("system_health", "enhanced_mode");
        Assert.That(((bool?)status["enhanced_mode"], status["capabilities"] is JsonObject), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task Agent_tickets_and_merchants()
    {
        const string text = "OXXO TIENDA #1234 RFC: OXX9999999XXX TOTAL: $125.50 FECHA: 2024-01-15";
        var company = $"c{Guid.NewGuid():N}"[..12];
        var ids = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await Anonymously(text, company)).Ticket);
        }

        var ticket = (await App.Anonymous.GetAsync($"/invoicing/tickets/{ids[0]}")).Is(200);
        Assert.That(((string?)ticket["raw_data"], (string?)ticket["tipo"]), Is.EqualTo((text, "texto")));
        Assert.That((await App.Anonymous.GetAsync($"/invoicing/tickets?company_id={company}")).Is(200)["tickets"]!.AsArray().Select(t => (long)t!["id"]!), Is.EquivalentTo(ids));
        foreach (var method in (string[])["portal", "email", "api"])
        {
            var made = (await App.Anonymous.PostAsync($"/invoicing/merchants?company_id={company}", new { nombre = "OXXO Test", metodo_facturacion = method, metadata = new { a = 1 } })).Is(200);
            var merchant = (await App.Anonymous.GetAsync($"/invoicing/merchants/{made["id"]}")).Is(200);
            Assert.That(((string?)merchant["nombre"], (string?)merchant["metodo_facturacion"], (bool?)merchant["is_active"]), Is.EqualTo(("OXXO Test", method, true)));
        }

        (await App.Anonymous.GetAsync("/invoicing/merchants/99999999")).Is(404);
    }

    [Test]
    public async Task The_mejor_futuro_ticket_gives_its_fields_and_both_addresses()
    {
        const string text = "MEJOR FUTURO\nRFC MFU761216I40\nFolio No: 318534\nTotal $359.00\nFecha del día: 18/08/2025\nFacture en facturacion.inforest.com.mx o facturacion.infocaja.com.mx\nTiene 72 horas para facturar, favor de esperar 60 minutos";
        var (id, _) = await Anonymously(text);
        Answer ticket = null!;
        await TestSupport.Eventually.TrueAsync(async () => (ticket = (await App.Anonymous.GetAsync($"/invoicing/v2/tickets/{id}")).Is(200))["extracted_fields"]!["total"] is not null, "the reading", seconds: 60);
        var fields = ticket["extracted_fields"]!;
        Assert.That(((string?)fields["rfc_emisor"], (string?)fields["folio"], (string?)fields["total"], (string?)fields["fecha"]), Is.EqualTo(("MFU761216I40", "318534", "359.00", "2025-08-18")));
        var found = (await App.Anonymous.PostAsync($"/invoicing/tickets/{id}/extract-urls")).Is(200);
        Assert.That(found["urls"]!.AsArray().Select(u => new Uri((string)u!["url"]!).Host), Is.SupersetOf(new[] { "facturacion.inforest.com.mx", "facturacion.infocaja.com.mx" }));
        Assert.That(ticket["deadline"], Is.Not.Null, "72 hours and 60 minutes are printed on it");
    }

    private static async Task<(long Ticket, long Job)> Anonymously(string text, string company = "default")
    {
        var made = (await App.Anonymous.PostFormAsync("/invoicing/tickets", ("text_content", text), ("company_id", company))).Is(200);
        return ((long)made["ticket_id"]!, (long)made["job_id"]!);
    }
}
