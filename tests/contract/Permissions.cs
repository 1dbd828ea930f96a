namespace Invoicing.Contract.Tests;

/// <summary>Whose data a call reaches.</summary>
public enum Reach
{
    /// <summary>The caller's own tenant, whoever that is.</summary>
    Own,

    /// <summary>One thing, named in the path: another tenant's is not there.</summary>
    Named,

    /// <summary>The platform's.</summary>
    Platform,
}

/// <summary>A call that would succeed for whoever may make it.</summary>
/// <param name="Answers">Its status then.</param>
public sealed record Request(string Path, object? Body = null, int Answers = 200, string? IfMatch = null);

/// <summary>Who may do what: one row a call of the contract (http-api.md section 8, decision 14).</summary>
/// <param name="Permission">Null: any caller.</param>
/// <param name="Prepare">Makes what the call needs, fresh, at the tenant.</param>
public sealed record Row(string Call, Permission? Permission, Reach Reach, Func<Task<Request>> Prepare);

internal static class Permissions
{
    private const string Tenant = $"/invoicing/v2/tenants/{App.Company}";
    private static readonly Lazy<Task<(long Ticket, long Job)>> Shared = new(() => App.Admin.NewTicketAsync());

    public static readonly Row[] Table =
    [
        // Tickets
        Fixed("GET /invoicing/tickets", Permission.read_tickets, "/invoicing/tickets"),
        Fixed("POST /invoicing/tickets", Permission.write_tickets, "/invoicing/tickets", () => Form(("text_content", Shapes.Text))),
        OfTicket("GET /invoicing/tickets/{id}", Permission.read_tickets),
        OfTicket("GET /invoicing/tickets/{id}/enhanced", Permission.read_tickets),
        OfTicket("GET /invoicing/tickets/{id}/image", Permission.read_tickets, answers: 404),
        OfTicket("GET /invoicing/tickets/{id}/ocr-text", Permission.read_tickets),
        OfTicket("GET /invoicing/tickets/{id}/invoice-status", Permission.read_tickets),
        OfTicket("GET /invoicing/tickets/{id}/automation-data", Permission.read_automation),
        OfTicket("POST /invoicing/tickets/{id}/extract-urls", Permission.read_tickets),
        OfTicket("POST /invoicing/tickets/{id}/reanalyze", Permission.write_tickets),
        OfTicket("POST /invoicing/tickets/{id}/process-robust", Permission.write_automation),
        OfTicket("POST /invoicing/tickets/{id}/upload-invoice", Permission.write_tickets, () => Multipart("f.pdf", "%PDF-1.4", ("file_type", "pdf"))),
        new("GET /invoicing/attachments/{id}/download", Permission.read_tickets, Reach.Named, async () => new Request($"/invoicing/attachments/{await AttachmentAsync()}/download")),
        Fixed("POST /invoicing/extract-urls", Permission.read_tickets, "/invoicing/extract-urls", () => new { text = "https://a.mx" }),
        Fixed("POST /invoicing/bulk-match", Permission.write_tickets, "/invoicing/bulk-match", () => new { tickets = new[] { new { raw_data = "x", tipo = "texto" } }, auto_process = false }),
        Fixed("POST /invoicing/webhooks/whatsapp", Permission.write_tickets, "/invoicing/webhooks/whatsapp", () => new { message_id = $"{Guid.NewGuid()}", from_number = "+52", message_type = "text", content = "x" }),
        Fixed("GET /invoicing/stats", Permission.read_tickets, "/invoicing/stats"),
        Fixed("GET /invoicing/v2/tickets", Permission.read_tickets, "/invoicing/v2/tickets?limit=1"),
        Fixed("POST /invoicing/v2/tickets", Permission.write_tickets, "/invoicing/v2/tickets", () => new { raw_data = Shapes.Text, tipo = "texto", auto_process = false }),
        OfTicket("GET /invoicing/v2/tickets/{id}", Permission.read_tickets),
        OfTicket("GET /invoicing/v2/tickets/{id}/file", Permission.read_tickets, answers: 404),
        OfTicket("GET /invoicing/v2/tickets/{id}/invoice.xml", Permission.read_tickets, answers: 404),
        OfTicket("GET /invoicing/v2/tickets/{id}/invoice.pdf", Permission.read_tickets, answers: 404),
        OfTicket("POST /invoicing/v2/tickets/{id}/fields", Permission.write_tickets, () => new { fields = new { folio = "A1" } }),

        // Merchants
        Fixed("GET /invoicing/merchants", Permission.read_tickets, "/invoicing/merchants"),
        Fixed("POST /invoicing/merchants", Permission.write_tickets, "/invoicing/merchants", () => new { nombre = "m", metodo_facturacion = "email" }),
        new("GET /invoicing/merchants/{id}", Permission.read_tickets, Reach.Named, async () => new Request($"/invoicing/merchants/{(await App.Admin.PostAsync("/invoicing/merchants", new { nombre = "m", metodo_facturacion = "email" })).Is(200)["id"]}")),

        // Jobs
        Fixed("GET /invoicing/jobs", Permission.read_automation, "/invoicing/jobs"),
        OfJob("POST /invoicing/jobs/{id}/process", Permission.write_automation),
        Fixed("GET /invoicing/v2/jobs", Permission.read_automation, "/invoicing/v2/jobs?limit=1"),
        new("POST /invoicing/v2/jobs", Permission.write_automation, Reach.Named, async () => new Request("/invoicing/v2/jobs", new { ticket_id = (await Shared.Value).Ticket })),
        OfJob("GET /invoicing/v2/jobs/{id}", Permission.read_automation),
        OfJob("GET /invoicing/v2/jobs/{id}/steps", Permission.read_automation),
        OfJob("GET /invoicing/v2/jobs/{id}/events", Permission.read_automation),
        new("GET /invoicing/v2/jobs/{id}/stream", Permission.read_automation, Reach.Named, async () => new Request($"/invoicing/v2/jobs/{await CancelledJobAsync()}/stream?last_event_id=99999999", Answers: 204)),
        OfJob("GET /invoicing/v2/jobs/{id}/artifacts", Permission.read_automation),
        OfJob("GET /invoicing/v2/jobs/{id}/artifacts/{artifact_id}", Permission.read_automation, answers: 404),
        OfJob("POST /invoicing/v2/jobs/{id}/cancel", Permission.write_automation, fresh: true),
        OfJob("POST /invoicing/v2/jobs/{id}/pause", Permission.write_automation, fresh: true, answers: 409),
        OfJob("POST /invoicing/v2/jobs/{id}/resume", Permission.write_automation, fresh: true, answers: 409),
        new("POST /invoicing/v2/jobs/{id}/retry", Permission.write_automation, Reach.Named, async () => new Request($"/invoicing/v2/jobs/{await CancelledJobAsync()}/retry")),
        Fixed("GET /invoicing/v2/interventions", Permission.read_automation, "/invoicing/v2/interventions"),
        new("GET /invoicing/v2/interventions/{id}", Permission.read_automation, Reach.Named, async () => new Request($"/invoicing/v2/interventions/{await QuestionAsync()}")),
        new("POST /invoicing/v2/interventions/{id}", Permission.write_automation, Reach.Named, async () => new Request($"/invoicing/v2/interventions/{await QuestionAsync()}", new { action = "reject" })),
        new("GET /invoicing/v2/interventions/{id}/live", Permission.read_screenshots, Reach.Named, async () => new Request($"/invoicing/v2/interventions/{await QuestionAsync()}/live", Answers: 409)),
        new("POST /invoicing/v2/interventions/{id}/live/input", Permission.write_automation, Reach.Named, async () => new Request($"/invoicing/v2/interventions/{await QuestionAsync()}/live/input", new { kind = "scroll", delta_y = 10 }, Answers: 409)),
        Fixed("POST /invoicing/v2/bulk", Permission.bulk_operations, "/invoicing/v2/bulk", () => new { ticket_ids = new[] { 99999999 } }),
        Fixed("GET /invoicing/v2/bulk", Permission.read_automation, "/invoicing/v2/bulk?limit=1"),
        new("GET /invoicing/v2/bulk/{batch_id}/status", Permission.read_automation, Reach.Named, async () => new Request($"/invoicing/v2/bulk/{await BatchAsync()}/status")),
        new("POST /invoicing/v2/bulk/{batch_id}/cancel", Permission.bulk_operations, Reach.Named, async () => new Request($"/invoicing/v2/bulk/{await BatchAsync()}/cancel")),

        // Numbers, health, bridges
        Fixed("GET /invoicing/v2/health", Permission.read_automation, "/invoicing/v2/health"),
        Fixed("GET /invoicing/v2/limits", Permission.read_automation, "/invoicing/v2/limits"),
        Fixed("GET /invoicing/v2/usage", Permission.read_automation, "/invoicing/v2/usage"),
        Fixed("GET /invoicing/v2/metrics", Permission.read_automation, "/invoicing/v2/metrics"),
        Fixed("GET /invoicing/v2/billing/usage", Permission.read_automation, "/invoicing/v2/billing/usage"),
        Fixed("GET /invoicing/v2/billing/statements", Permission.view_costs, "/invoicing/v2/billing/statements"),
        Fixed("GET /invoicing/v2/billing/statements/{month}", Permission.view_costs, "/invoicing/v2/billing/statements/2025-01"),
        Fixed("POST /invoicing/v2/billing/statements/{month}/close", Permission.admin_system, "/invoicing/v2/billing/statements/2025-01/close"),
        Fixed("GET /invoicing/v2/billing/budget", Permission.view_costs, "/invoicing/v2/billing/budget"),
        Fixed("PUT /invoicing/v2/billing/budget", Permission.manage_tenant, "/invoicing/v2/billing/budget", () => new { amount = 250 }),
        Fixed("GET /invoicing/system/status", Permission.read_automation, "/invoicing/system/status"),
        Fixed("GET /invoicing/automation/latest-data", Permission.read_automation, "/invoicing/automation/latest-data"),
        Fixed("GET /invoicing/automation/latest-data-enhanced", Permission.read_automation, "/invoicing/automation/latest-data-enhanced"),

        // Fiscal documents
        Fixed("POST /invoicing/v2/cfdi/validate", null, "/invoicing/v2/cfdi/validate", () => new StringContent("<x/>", System.Text.Encoding.UTF8, "application/xml")),
        new("POST /invoicing/v2/fiscal/constancia", null, Reach.Own, () => Task.FromResult(new Request("/invoicing/v2/fiscal/constancia", new StringContent("%PDF-1.4", System.Text.Encoding.UTF8, "application/pdf"), 422))),
        Fixed("GET /invoicing/v2/fiscal/rfc/{rfc}", null, "/invoicing/v2/fiscal/rfc/XAXX010101000"),
        Fixed("GET /invoicing/v2/inbox", Permission.read_tickets, "/invoicing/v2/inbox"),
        Fixed("POST /invoicing/v2/inbox", Permission.write_tickets, "/invoicing/v2/inbox", () => new StringContent("Subject: x\r\n\r\nx", System.Text.Encoding.UTF8, "message/rfc822")),

        // The tenant
        Fixed("GET /invoicing/v2/tenants", Permission.admin_system, "/invoicing/v2/tenants?limit=1"),
        OfTenant("GET /invoicing/v2/tenants/{company_id}", Permission.read_automation, ""),
        new("PUT /invoicing/v2/tenants/{company_id}", Permission.manage_tenant, Reach.Named, () => Task.FromResult(new Request(Tenant, new { custom_timeout_seconds = 300 }, IfMatch: "*"))),
        OfTenant("GET /invoicing/v2/tenants/{company_id}/features", Permission.read_automation, "/features"),
        OfTenant("GET /invoicing/v2/tenants/{company_id}/features/{feature_name}", Permission.read_automation, "/features/x"),
        OfTenant("PUT /invoicing/v2/tenants/{company_id}/features/{feature_name}", Permission.manage_tenant, "/features/x", () => new { enabled = true }),
        OfTenant("GET /invoicing/v2/tenants/{company_id}/fiscal-profiles", Permission.read_automation, "/fiscal-profiles"),
        new("POST /invoicing/v2/tenants/{company_id}/fiscal-profiles", Permission.manage_tenant, Reach.Named, async () => new Request($"{Tenant}/fiscal-profiles", await App.TaxpayerAsync())),
        new("GET /invoicing/v2/tenants/{company_id}/fiscal-profiles/{id}", Permission.read_automation, Reach.Named, async () => new Request($"{Tenant}/fiscal-profiles/{await ProfileAsync()}")),
        new("PUT /invoicing/v2/tenants/{company_id}/fiscal-profiles/{id}", Permission.manage_tenant, Reach.Named, async () => new Request($"{Tenant}/fiscal-profiles/{await ProfileAsync()}", new { correo = "x@empresa.test" })),
        new("GET /invoicing/v2/tenants/{company_id}/credentials/{merchant_id}", Permission.manage_tenant, Reach.Named, async () => new Request($"{Tenant}/credentials/{await CredentialAsync()}")),
        OfTenant("PUT /invoicing/v2/tenants/{company_id}/credentials/{merchant_id}", Permission.manage_tenant, "/credentials/5", () => new { username = "u", password = "p" }),
        new("DELETE /invoicing/v2/tenants/{company_id}/credentials/{merchant_id}", Permission.manage_tenant, Reach.Named, async () => new Request($"{Tenant}/credentials/{await CredentialAsync()}", Answers: 204)),
        new("GET /invoicing/v2/tenants/{company_id}/service-secrets/{name}", Permission.manage_tenant, Reach.Named, async () => new Request(await ServiceSecretAsync())),
        OfTenant("PUT /invoicing/v2/tenants/{company_id}/service-secrets/{name}", Permission.manage_tenant, "/service-secrets/claude_analysis", () => new { key = "k" }),
        new("DELETE /invoicing/v2/tenants/{company_id}/service-secrets/{name}", Permission.manage_tenant, Reach.Named, async () => new Request(await ServiceSecretAsync(), Answers: 204)),
        OfTenant("GET /invoicing/v2/tenants/{company_id}/api-keys", Permission.manage_tenant, "/api-keys"),
        OfTenant("POST /invoicing/v2/tenants/{company_id}/api-keys", Permission.manage_tenant, "/api-keys", () => new { name = $"{Guid.NewGuid()}", role = "viewer" }),
        new("DELETE /invoicing/v2/tenants/{company_id}/api-keys/{id}", Permission.manage_tenant, Reach.Named, async () => new Request($"{Tenant}/api-keys/{await KeyAsync()}", Answers: 204)),
        OfTenant("GET /invoicing/v2/tenants/{company_id}/export", Permission.manage_tenant, "/export"),
        new("GET /invoicing/v2/tenants/{company_id}/erasure", Permission.manage_tenant, Reach.Named, () => Task.FromResult(new Request($"{Tenant}/erasure", Answers: 404))),
        // What the other tests made must stay: refused for want of the confirmation, after the permission.
        new("POST /invoicing/v2/tenants/{company_id}/erasure", Permission.manage_tenant, Reach.Named, () => Task.FromResult(new Request($"{Tenant}/erasure", new { confirm = "otra" }, 422))),
        OfTenant("POST /invoicing/v2/tenants/{company_id}/webhook-secret", Permission.manage_tenant, "/webhook-secret", () => new { }),
        Fixed("GET /invoicing/v2/webhooks/deliveries", Permission.read_automation, "/invoicing/v2/webhooks/deliveries"),
        new("POST /invoicing/v2/webhooks/deliveries/{id}/resend", Permission.write_automation, Reach.Named, () => Task.FromResult(new Request("/invoicing/v2/webhooks/deliveries/99999999/resend", Answers: 404))),

        // The platform
        OfPlatform("GET /invoicing/v2/admin/overview", "overview"),
        OfPlatform("GET /invoicing/v2/admin/portals", "portals"),
        OfPlatform("GET /invoicing/v2/admin/portals/{host}", "portals/nadie.example.com", 404),
        new("PUT /invoicing/v2/admin/portals/{host}", Permission.admin_system, Reach.Platform, () => Task.FromResult(new Request("/invoicing/v2/admin/portals/permisos.example.com", new { recipe = new { format = 2 } }))),
        OfPlatform("DELETE /invoicing/v2/admin/portals/{host}", "portals/nadie.example.com", 404),
        OfPlatform("GET /invoicing/v2/admin/circuit-breakers", "circuit-breakers"),
        OfPlatform("POST /invoicing/v2/admin/circuit-breakers/{host}/reset", "circuit-breakers/nadie.example.com/reset", 404),
        OfPlatform("GET /invoicing/v2/admin/dead-letters", "dead-letters"),
        OfPlatform("POST /invoicing/v2/admin/dead-letters/{id}/replay", "dead-letters/99999999/replay", 404),
        OfPlatform("POST /invoicing/v2/admin/dead-letters/replay", "dead-letters/replay?queue=none"),
        OfPlatform("DELETE /invoicing/v2/admin/dead-letters/{id}", "dead-letters/99999999", 404),
        OfPlatform("GET /invoicing/v2/admin/keys", "keys"),
        OfPlatform("POST /invoicing/v2/admin/keys/rotate", "keys/rotate"),
        OfPlatform("GET /invoicing/v2/admin/audit", "audit"),
        OfPlatform("GET /invoicing/v2/admin/audit/verification", "audit/verification"),
        OfPlatform("POST /invoicing/v2/admin/pac-certificates", "pac-certificates", 422),
    ];

    public static IEnumerable<TestCaseData> Cases => Table.Select(row => new TestCaseData(row).SetArgDisplayNames(row.Call));

    private static Row Fixed(string call, Permission? permission, string path, Func<object>? body = null) =>
        new(call, permission, Reach.Own, () => Task.FromResult(new Request(path, body?.Invoke())));

    private static Row OfTenant(string call, Permission permission, string rest, Func<object>? body = null) =>
        new(call, permission, Reach.Named, () => Task.FromResult(new Request(Tenant + rest, body?.Invoke())));

    private static Row OfPlatform(string call, string rest, int answers = 200) =>
        new(call, Permission.admin_system, Reach.Platform, () => Task.FromResult(new Request($"/invoicing/v2/admin/{rest}", Answers: answers)));

    private static Row OfTicket(string call, Permission permission, Func<object>? body = null, int answers = 200) =>
        new(call, permission, Reach.Named, async () => new Request(call.Split(' ')[1].Replace("{id}", $"{(await Shared.Value).Ticket}", StringComparison.Ordinal), body?.Invoke(), answers));

    private static Row OfJob(string call, Permission permission, bool fresh = false, int answers = 200) => new(call, permission, Reach.Named, async () =>
    {
        var job = fresh ? await WaitingAsync() : (await Shared.Value).Job;
        return new Request(call.Split(' ')[1].Replace("{id}", $"{job}", StringComparison.Ordinal).Replace("{artifact_id}", "x", StringComparison.Ordinal), null, answers);
    });

    private static async Task<long> WaitingAsync()
    {
        var (_, job) = await App.Admin.NewTicketAsync();
        await App.Admin.WaitingJobAsync(job);
        return job;
    }

    private static async Task<long> CancelledJobAsync()
    {
        var job = await WaitingAsync();
        (await App.Admin.PostAsync($"/invoicing/v2/jobs/{job}/cancel")).Is(200);
        return job;
    }

    private static async Task<string> QuestionAsync() =>
        (string)(await App.Admin.GetAsync($"/invoicing/v2/interventions?job_id={await WaitingAsync()}")).Is(200).Json![0]!["id"]!;

    private static async Task<string> BatchAsync() => (string)(await App.Admin.PostAsync("/invoicing/v2/bulk", new { ticket_ids = new[] { 99999999 } })).Is(200)["batch_id"]!;

    private static async Task<long> ProfileAsync() => (long)(await App.Admin.GetAsync($"{Tenant}/fiscal-profiles")).Is(200).Json![0]!["id"]!;

    private static async Task<int> CredentialAsync()
    {
        (await App.Admin.PutAsync($"{Tenant}/credentials/6", new { username = "u", password = "p" })).Is(200);
        return 6;
    }

    private static async Task<string> ServiceSecretAsync()
    {
        (await App.Admin.PutAsync($"{Tenant}/service-secrets/claude_analysis", new { key = "k" })).Is(200);
        return $"{Tenant}/service-secrets/claude_analysis";
    }

    private static async Task<string> KeyAsync() => (string)(await App.Admin.PostAsync($"{Tenant}/api-keys", new { name = $"{Guid.NewGuid()}", role = "viewer" })).Is(200)["id"]!;

    private static async Task<long> AttachmentAsync() =>
        (long)(await App.Admin.PostFileAsync($"/invoicing/tickets/{(await Shared.Value).Ticket}/upload-invoice", Shapes.Bytes("%PDF-1.4"), "f.pdf", "application/pdf", ("file_type", "pdf"))).Is(200)["attachment"]!["id"]!;

    private static FormUrlEncodedContent Form(params (string, string)[] fields) => new(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));

    private static MultipartFormDataContent Multipart(string name, string text, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(Shapes.Bytes(text)), "file", name } };
        Array.ForEach(fields, f => form.Add(new StringContent(f.Value), f.Name));
        return form;
    }
}
