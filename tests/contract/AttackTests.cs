using System.Net;
using System.Net.Http.Headers;

namespace Invoicing.Contract.Tests;

/// <summary>Attacks on the whole system that no single service could be asked to survive alone. What each one is tested for is in docs/security.md.</summary>
public sealed class AttackTests
{
    [Test]
    public async Task Fields_that_are_not_the_caller_s_to_set_are_never_applied()
    {
        var (company, admin) = await App.NewTenantAsync();
        var ticket = (await admin.PostAsync("/invoicing/v2/tickets", new { raw_data = "folio 1 total 1.00", tipo = "texto", auto_process = false, estado = "completado", id = 7, outcome = "entregada", total_cost = 0, invoice_uuid = "x" })).Is(200);
        Assert.That(((string?)ticket["estado"], (string?)ticket["company_id"], ticket["invoice_uuid"]), Is.EqualTo(("pendiente", company, (System.Text.Json.Nodes.JsonNode?)null)));
        Assert.That((int?)ticket["id"], Is.Not.EqualTo(7));
        (await admin.PostAsync("/invoicing/v2/tickets", new { raw_data = "x", tipo = "texto", company_id = App.Other })).Is(403);
        (await admin.PostAsync($"/invoicing/v2/tenants/{company}/api-keys", new { name = "x", role = "platform_admin" })).Is(422);
        var key = (await admin.PostAsync($"/invoicing/v2/tenants/{company}/api-keys", new { name = "x", role = "viewer", company_id = company, prefix = "ak_mine", id = "key_mine" })).Is(200);
        Assert.That((string?)key["id"], Is.Not.EqualTo("key_mine"));
        (await admin.PutAsync($"/invoicing/v2/tenants/{company}", new { storage_quota_mb = 1_000_000 }, ("If-Match", "*"))).Is(403);
        var profile = (await admin.PostAsync($"/invoicing/v2/tenants/{company}/fiscal-profiles", await App.TaxpayerAsync())).Is(200);
        (await admin.PutAsync($"/invoicing/v2/tenants/{company}/fiscal-profiles/{profile["id"]}", new { company_id = App.Other })).Is(403);
    }

    [TestCase("../../etc/passwd.png")]
    [TestCase("..%2f..%2fx.png")]
    [TestCase("C:\\Windows\\x.png")]
    [TestCase("\\\\srv\\share\\x.png")]
    [TestCase("x'; filename=evil.exe.png")]
    [TestCase("a\u202Egnp.exe.png")]
    [TestCase("CON.png")]
    public async Task A_file_s_name_leads_nowhere_and_breaks_no_header(string name)
    {
        var ticket = (await App.Admin.PostFileAsync("/invoicing/tickets", new byte[64], name, "image/png")).Is(200);
        var file = (await App.Admin.GetAsync($"/invoicing/v2/tickets/{ticket["id"]}/file")).Is(200);
        var told = ContentDispositionHeaderValue.Parse(file.Header("Content-Disposition")!);
        Assert.That(told.FileNameStar ?? told.FileName, Does.Not.Contain("/").And.Not.Contain("\\").And.Not.StartWith("."));
        Assert.That(told.DispositionType, Is.EqualTo("attachment"));
    }

    [TestCase("/invoicing/v2/tickets?limit=1000000000", 422)]
    [TestCase("/invoicing/v2/jobs?limit=-1", 422)]
    [TestCase("/invoicing/v2/jobs?offset=99999999999999999999", 422)]
    [TestCase("/invoicing/v2/tickets?cursor=' OR 1=1 --", 422)]
    [TestCase("/invoicing/v2/tickets?status=' OR '1'='1", 422)]
    [TestCase("/invoicing/v2/metrics?from=2024-01-01&to=9999-12-31", 422)]
    public async Task A_list_without_end_is_not_made(string path, int status) => (await App.Admin.GetAsync(path)).Is(status);

    [Test]
    public async Task A_thousand_ranges_are_no_thousand_answers()
    {
        var ticket = (await App.Admin.PostFileAsync("/invoicing/tickets", new byte[100_000], "x.png", "image/png")).Is(200);
        var ranges = "bytes=" + string.Join(',', Enumerable.Repeat("0-", 1_000));
        var answer = await App.Admin.GetAsync($"/invoicing/v2/tickets/{ticket["id"]}/file", ("Range", ranges));
        Assert.That(answer.Status, Is.AnyOf(200, 206, 416));
        Assert.That(answer.Text.Length, Is.LessThanOrEqualTo(100_000));
    }

    [Test]
    public async Task A_batch_of_a_million_is_refused_by_its_size()
    {
        var answer = await App.Admin.PostAsync("/invoicing/v2/bulk", new { ticket_ids = Enumerable.Range(1, 1_000_000) });
        Assert.That(answer.Status, Is.AnyOf(413, 422));
    }

    /// <summary>One tenant keeps many streams open; the others are still answered.</summary>
    [Test]
    public async Task Streams_kept_open_stop_nobody()
    {
        var (_, admin) = await App.NewTenantAsync();
        var (_, job) = await admin.NewTicketAsync();
        var key = (await App.Platform.PostAsync($"/invoicing/v2/tenants/{App.Other}/api-keys", new { name = $"{Guid.NewGuid()}", role = "viewer" })).Is(200);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 500 }) { BaseAddress = new Uri(App.Local["gateway"].Url) };
        var open = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => http.GetAsync($"/invoicing/v2/jobs/{job}/stream", HttpCompletionOption.ResponseHeadersRead)));
        Assert.That(open.Select(o => o.StatusCode).Distinct(), Is.SubsetOf(new[] { HttpStatusCode.OK, HttpStatusCode.TooManyRequests }));
        (await new Api(App.Local["gateway-2"].Url, (string)key["key"]!).GetAsync("/invoicing/v2/jobs?limit=1")).Is(200);
        foreach (var stream in open)
        {
            stream.Dispose();
        }
    }
}
