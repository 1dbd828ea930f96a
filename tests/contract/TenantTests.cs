using Invoicing.TestSupport;

namespace Invoicing.Contract.Tests;

/// <summary>http-api.md sections 3 and 7: what belongs to a tenant.</summary>
public sealed class TenantTests
{
    private static string Path(string company, string rest = "") => $"/invoicing/v2/tenants/{company}{rest}";

    [Test, Walks("GET /invoicing/v2/tenants/{company_id}", "PUT /invoicing/v2/tenants/{company_id}")]
    public async Task Settings_change_only_under_their_etag()
    {
        string[] keys = ["company_id", "max_concurrent_jobs", "max_daily_jobs", "storage_quota_mb", "webhook_url", "custom_timeout_seconds", "weight", "daily_limit_policy", "retention_days", "created_at", "updated_at"];
        var (company, admin) = await App.NewTenantAsync();
        var read = (await admin.GetAsync(Path(company))).Is(200).Has(keys);
        var etag = read.Header("ETag")!;
        (await admin.PutAsync(Path(company), new { custom_timeout_seconds = 600 })).Is(428);
        var changed = (await admin.PutAsync(Path(company), new { custom_timeout_seconds = 600, daily_limit_policy = "reject", webhook_url = "https://erp.example.com/hook" }, ("If-Match", etag))).Is(200).Has(keys);
        Assert.That(((int?)changed["custom_timeout_seconds"], changed.Header("ETag") == etag), Is.EqualTo((600, false)));
        (await admin.PutAsync(Path(company), new { custom_timeout_seconds = 700 }, ("If-Match", etag))).Is(412);
        var now = changed.Header("ETag")!;
        (await admin.PutAsync(Path(company), new { max_daily_jobs = 5 }, ("If-Match", now))).Is(403);
        (await App.Platform.PutAsync(Path(company), new { max_daily_jobs = 5, max_concurrent_jobs = 2 }, ("If-Match", now))).Is(200);
        foreach (var bad in new object[] { new { custom_timeout_seconds = 29 }, new { daily_limit_policy = "quizá" }, new { webhook_url = "http://10.0.0.1/" }, new { custom_timeout_seconds = "mucho" } })
        {
            (await admin.PutAsync(Path(company), bad, ("If-Match", "*"))).Is(422);
        }

        (await App.OtherAdmin.GetAsync(Path(company))).Is(404);
        (await App.Platform.GetAsync(Path("nadie"))).Is(404);
        (await App.Anonymous.GetAsync(Path("nadie"))).Is(200);
    }

    [Test, Walks("GET /invoicing/v2/merchants/{id}", "PUT /invoicing/v2/merchants/{id}")]
    public async Task A_merchant_changes_only_under_its_etag_and_the_change_is_audited()
    {
        var made = (await App.Admin.PostAsync("/invoicing/merchants", new { nombre = $"Mudanzas {Guid.NewGuid():N}", metodo_facturacion = "email" })).Is(200);
        var path = $"/invoicing/v2/merchants/{made["id"]}";
        var etag = (await App.Viewer.GetAsync(path)).Is(200).Has(Shapes.Merchant).Header("ETag")!;
        (await App.Admin.PutAsync(path, new { metodo_facturacion = "portal" })).Is(428);
        Assert.That((string?)(await App.Admin.PutAsync(path, new { metodo_facturacion = "portal", metadata = new { portal_url = "https://mudanzas.example.com/" } }, ("If-Match", etag))).Is(200).Has(Shapes.Merchant)["metodo_facturacion"], Is.EqualTo("portal"));
        (await App.Admin.PutAsync(path, new { nombre = "Otra" }, ("If-Match", etag))).Is(412);
        (await App.Admin.PutAsync(path, new { metadata = new { portal_url = "http://10.0.0.1/" } }, ("If-Match", "*"))).Is(422, "forbidden_address");
        (await App.OtherAdmin.GetAsync(path)).Is(404);
        await Eventually.TrueAsync(async () => (await App.Platform.GetAsync("/invoicing/v2/admin/audit?action=merchant.changed&limit=200")).Is(200).Json!.AsArray().Any(e => (string?)e!["target"] == $"{made["id"]}"), "the change in the audit log");
    }

    [Test, Walks("GET /invoicing/v2/tenants")]
    public async Task The_platform_lists_its_companies_and_nobody_else_does()
    {
        var (older, _) = await App.NewTenantAsync();
        var (newer, admin) = await App.NewTenantAsync();
        var list = (await App.Platform.GetAsync("/invoicing/v2/tenants?limit=1")).Is(200);
        list.Has(list.Json![0]!, "company_id", "max_concurrent_jobs", "max_daily_jobs", "storage_quota_mb", "weight", "daily_limit_policy", "created_at", "updated_at");
        Assert.That(int.Parse(list.Header("X-Total-Count")!, System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThanOrEqualTo(2));
        var names = new List<string>();
        for (var next = "/invoicing/v2/tenants?limit=50"; next is not null;)
        {
            var page = (await App.Platform.GetAsync(next)).Is(200);
            names.AddRange(page.Json!.AsArray().Select(t => (string)t!["company_id"]!));
            next = page.Header("Link")?.Split('<', '>')[1];
        }

        Assert.That(names, Is.Unique.And.Member(older).And.Member(newer));
        Assert.That(names.IndexOf(newer), Is.LessThan(names.IndexOf(older)), "newest first");
        Assert.That((await App.Platform.GetAsync($"/invoicing/v2/tenants?search={newer[4..].ToUpperInvariant()}")).Is(200).Json!.AsArray().Select(t => (string?)t!["company_id"]), Is.EqualTo(new[] { newer }));
        Assert.That((await App.Platform.GetAsync("/invoicing/v2/tenants?search=%25")).Is(200).Json!.AsArray(), Is.Empty, "a percent sign is no wildcard");
        (await admin.GetAsync("/invoicing/v2/tenants")).Is(403, "permission_denied");
        (await App.Platform.GetAsync("/invoicing/v2/tenants?limit=0")).Is(422);
    }

    [Test, Walks("GET /invoicing/v2/tenants/{company_id}/features", "GET /invoicing/v2/tenants/{company_id}/features/{feature_name}", "PUT /invoicing/v2/tenants/{company_id}/features/{feature_name}")]
    public async Task A_feature_is_told_as_stored_and_as_evaluated()
    {
        string[] keys = ["company_id", "feature_name", "enabled", "config", "rollout_percentage", "variants", "evaluation", "updated_at"];
        var (company, admin) = await App.NewTenantAsync();
        var unset = (await admin.GetAsync(Path(company, "/features/nueva"))).Is(200).Has(keys);
        Assert.That(((bool?)unset["enabled"], (string?)unset["evaluation"]!["reason"]), Is.EqualTo((true, "default")));
        var set = (await admin.PutAsync(Path(company, "/features/nueva"), new { enabled = true, config = new { a = 1 }, rollout_percentage = 100, variants = new[] { new { name = "a", weight = 1 }, new { name = "b", weight = 1 } } })).Is(200).Has(keys);
        set.Has(set["evaluation"]!, "enabled", "variant", "reason");
        Assert.That((await admin.GetAsync(Path(company, "/features"))).Is(200).Json!.AsArray().Select(f => (string?)f!["feature_name"]), Has.Member("nueva"));
        var etag = set.Header("ETag")!;
        Assert.That((await admin.GetAsync(Path(company, "/features/nueva"))).Is(200).Header("ETag"), Is.EqualTo(etag).And.Not.EqualTo(unset.Header("ETag")));
        (await admin.PutAsync(Path(company, "/features/nueva"), new { enabled = false }, ("If-Match", unset.Header("ETag")!))).Is(412, "precondition_failed");
        (await admin.PutAsync(Path(company, "/features/nueva"), new { enabled = true, rollout_percentage = 50 }, ("If-Match", etag))).Is(200);
        (await admin.PutAsync(Path(company, "/features/nueva"), new { enabled = true }, ("If-Match", etag))).Is(412);
        (await admin.PutAsync(Path(company, "/features/nueva"), new { enabled = "sí" })).Is(422);
        (await admin.PutAsync(Path(company, "/features/nueva"), new { enabled = true, rollout_percentage = 101 })).Is(422);
        (await App.OtherAdmin.PutAsync(Path(company, "/features/nueva"), new { enabled = true })).Is(404);
    }

    [Test, Walks("GET /invoicing/v2/tenants/{company_id}/fiscal-profiles", "POST /invoicing/v2/tenants/{company_id}/fiscal-profiles",
        "GET /invoicing/v2/tenants/{company_id}/fiscal-profiles/{id}", "PUT /invoicing/v2/tenants/{company_id}/fiscal-profiles/{id}")]
    public async Task A_fiscal_profile_is_one_that_sat_would_accept()
    {
        var (company, admin) = await App.NewTenantAsync();
        var made = (await admin.PostAsync(Path(company, "/fiscal-profiles"), await App.TaxpayerAsync())).Is(200).Has(Shapes.Profile);
        Assert.That((bool?)made["is_default"], Is.True, "the first one is the default");
        (await admin.GetAsync(Path(company, $"/fiscal-profiles/{made["id"]}"))).Is(200).Has(Shapes.Profile);
        Assert.That((await admin.GetAsync(Path(company, "/fiscal-profiles"))).Is(200).Json!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((string?)(await admin.PutAsync(Path(company, $"/fiscal-profiles/{made["id"]}"), new { correo = "otro@empresa.test" })).Is(200)["correo"], Is.EqualTo("otro@empresa.test"));
        var refused = (await admin.PostAsync(Path(company, "/fiscal-profiles"), new { rfc = "XXX", nombre = "x", codigo_postal = "1", regimen_fiscal = "999", uso_cfdi = "ZZ", correo = "no" })).Is(422);
        Assert.That(refused["errors"]!.AsArray().Select(e => (string?)e!["pointer"]), Is.SupersetOf(new[] { "/rfc", "/codigo_postal", "/regimen_fiscal" }));
        (await admin.GetAsync(Path(company, "/fiscal-profiles/99999999"))).Is(404);
        (await App.OtherAdmin.GetAsync(Path(company, $"/fiscal-profiles/{made["id"]}"))).Is(404);
    }

    [Test, Walks("PUT /invoicing/v2/tenants/{company_id}/service-secrets/{name}", "GET /invoicing/v2/tenants/{company_id}/service-secrets/{name}", "DELETE /invoicing/v2/tenants/{company_id}/service-secrets/{name}")]
    public async Task The_key_of_an_outside_service_is_written_and_never_shown()
    {
        var (company, admin) = await App.NewTenantAsync();
        var secret = $"clave-{Guid.NewGuid():N}";
        var put = (await admin.PutAsync(Path(company, "/service-secrets/captcha_solving"), new { key = secret })).Is(200);
        var got = (await admin.GetAsync(Path(company, "/service-secrets/captcha_solving"))).Is(200).Has("company_id", "name", "key_id", "created_at", "updated_at");
        Assert.That(put.Text + got.Text, Does.Not.Contain(secret));
        (await admin.PutAsync(Path(company, "/service-secrets/captcha_solving"), new { key = 5 })).Is(422);
        (await admin.PutAsync(Path(company, "/service-secrets/otro"), new { key = "x" })).Is(404);
        (await App.OtherAdmin.GetAsync(Path(company, "/service-secrets/captcha_solving"))).Is(404);
        (await admin.DeleteAsync(Path(company, "/service-secrets/captcha_solving"))).Is(204);
        (await admin.DeleteAsync(Path(company, "/service-secrets/captcha_solving"))).Is(404);
    }

    [Test, Walks("PUT /invoicing/v2/tenants/{company_id}/credentials/{merchant_id}", "GET /invoicing/v2/tenants/{company_id}/credentials/{merchant_id}", "DELETE /invoicing/v2/tenants/{company_id}/credentials/{merchant_id}")]
    public async Task A_portal_credential_goes_in_and_never_comes_out()
    {
        var (company, admin) = await App.NewTenantAsync();
        const string secret = "S3CR3T-9f1c";
        var put = (await admin.PutAsync(Path(company, "/credentials/7"), new { username = "u", password = secret, nip = "1234" })).Is(200);
        var got = (await admin.GetAsync(Path(company, "/credentials/7"))).Is(200);
        Assert.That(put.Text + got.Text, Does.Not.Contain(secret).And.Not.Contain("1234"));
        (await admin.PutAsync(Path(company, "/credentials/7"), new { username = "u" })).Is(422);
        (await App.OtherAdmin.GetAsync(Path(company, "/credentials/7"))).Is(404);
        (await admin.DeleteAsync(Path(company, "/credentials/7"))).Is(204);
        (await admin.DeleteAsync(Path(company, "/credentials/7"))).Is(404);
    }

    [Test, Walks("GET /invoicing/v2/tenants/{company_id}/api-keys", "POST /invoicing/v2/tenants/{company_id}/api-keys", "DELETE /invoicing/v2/tenants/{company_id}/api-keys/{id}", "POST /connect/token", "GET /.well-known/jwks.json")]
    public async Task A_key_is_shown_once_and_is_a_client_too()
    {
        var (company, admin) = await App.NewTenantAsync();
        var made = (await admin.PostAsync(Path(company, "/api-keys"), new { name = "erp", role = "viewer" })).Is(200).Has("id", "name", "role", "prefix", "key", "created_at");
        var list = (await admin.GetAsync(Path(company, "/api-keys"))).Is(200);
        var row = list.Json!.AsArray().Single(k => (string?)k!["id"] == (string?)made["id"])!;
        list.Has(row, "id", "name", "role", "prefix", "created_at", "last_used_at");
        Assert.That(list.Text, Does.Not.Contain((string)made["key"]!));
        var token = (await App.Nobody.PostFormAsync("/connect/token", ("grant_type", "client_credentials"), ("client_id", (string)made["id"]!), ("client_secret", (string)made["key"]!))).Is(200).Has("access_token", "token_type", "expires_in");
        (await new Api(App.Local["gateway-2"].Url, (string)token["access_token"]!).GetAsync("/invoicing/tickets")).Is(200);
        var basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{made["id"]}:{made["key"]}"));
        (await App.Nobody.SendAsync(HttpMethod.Post, "/connect/token", new FormUrlEncodedContent([new("grant_type", "client_credentials")]), ("Authorization", $"Basic {basic}"))).Is(200).Has("access_token");
        (await App.Nobody.GetAsync("/.well-known/jwks.json")).Is(200).Has("keys");
        (await App.Nobody.PostFormAsync("/connect/token", ("grant_type", "client_credentials"), ("client_id", "x"), ("client_secret", "y"))).Is(401);
        (await admin.PostAsync(Path(company, "/api-keys"), new { name = "erp", role = "platform_admin" })).Is(422);
        (await admin.DeleteAsync(Path(company, $"/api-keys/{made["id"]}"))).Is(204);
        (await admin.DeleteAsync(Path(company, $"/api-keys/{made["id"]}"))).Is(404);
    }

    [Test, Walks("POST /invoicing/v2/tenants/{company_id}/webhook-secret")]
    public async Task A_webhook_secret_is_replaced_and_the_one_before_signs_a_while_longer()
    {
        var (company, admin) = await App.NewTenantAsync();
        (await admin.PostAsync(Path(company, "/webhook-secret"))).Is(200);
        var second = (await admin.PostAsync(Path(company, "/webhook-secret"))).Is(200).Has("secret", "previous_valid_until");
        Assert.That(((string)second["secret"]!, second["previous_valid_until"] is not null), Is.EqualTo(((string)second["secret"]!, true)));
        Assert.That((string)second["secret"]!, Does.StartWith("whsec_"));
    }

    [Test, Walks("GET /invoicing/v2/tenants/{company_id}/export", "GET /invoicing/v2/tenants/{company_id}/erasure", "POST /invoicing/v2/tenants/{company_id}/erasure")]
    public async Task What_a_company_has_is_taken_away_whole_and_then_erased_for_good()
    {
        var (company, admin) = await App.NewTenantAsync();
        (await admin.PostAsync(Path(company, "/fiscal-profiles"), await App.TaxpayerAsync())).Is(200);
        (await admin.PutAsync(Path(company, "/credentials/4"), new { username = "ana", password = "S3CR3T-export" })).Is(200);
        var photo = (await admin.PostFileAsync("/invoicing/tickets", OnePixel, "..\\..\\ticket.png", "image/png")).Is(200);
        var typed = (await admin.PostFormAsync("/invoicing/tickets", ("text_content", "GASOLINERA DEL NORTE folio 123 total 99.00"))).Is(200);
        await Eventually.TrueAsync(async () => (await admin.GetAsync($"/invoicing/v2/jobs/{typed["job_id"]}")).Status == 200, "jobs knows the ticket");
        using (var zip = new System.IO.Compression.ZipArchive(new MemoryStream(await admin.BytesAsync(Path(company, "/export")))))
        {
            var names = zip.Entries.Select(e => e.FullName).ToList();
            Assert.That(names, Has.Member("settings.json").And.Member("tickets/0001.ndjson").And.Member("jobs/0001.ndjson").And.Member($"files/tickets/{photo["id"]}.png"));
            Assert.That(names[^1], Is.EqualTo("complete.json"));
            var everything = string.Join('\n', zip.Entries.Where(e => e.Name.EndsWith("json", StringComparison.Ordinal)).Select(e => new StreamReader(e.Open()).ReadToEnd()));
            Assert.That(everything, Does.Contain("GASOLINERA DEL NORTE").And.Contain((string)(await App.TaxpayerAsync())["rfc"]!).And.Not.Contain("S3CR3T"));
        }

        (await admin.PostAsync(Path(company, "/erasure"), new { confirm = "otra" })).Is(422);
        (await admin.GetAsync(Path(company, "/erasure"))).Is(404);
        var asked = (await admin.PostAsync(Path(company, "/erasure"), new { confirm = company })).Is(200).Has("id", "status", "tickets", "jobs", "files");
        Assert.That((string?)(await admin.PostAsync(Path(company, "/erasure"), new { confirm = company })).Is(200)["id"], Is.EqualTo((string?)asked["id"]), "the one that runs");
        await Eventually.TrueAsync(async () => (string?)(await admin.GetAsync(Path(company, "/erasure"))).Is(200)["status"] == "completed", "the erasure's end");
        var done = (await admin.GetAsync(Path(company, "/erasure"))).Is(200);
        Assert.That(((int?)done["tickets"], (int?)done["jobs"], (int?)done["files"]), Is.EqualTo((2, 2, 1)));
        (await admin.GetAsync($"/invoicing/tickets/{photo["id"]}")).Is(404);
        (await admin.GetAsync($"/invoicing/v2/jobs/{typed["job_id"]}")).Is(404);
        Assert.That((await admin.GetAsync(Path(company, "/fiscal-profiles"))).Is(200).Json!.AsArray(), Is.Empty);
        var audit = (await App.Platform.GetAsync($"/invoicing/v2/admin/audit?company_id={company}&limit=100")).Is(200);
        Assert.That(audit.Text, Does.Contain("fiscal_profile.created").And.Not.Contain((string)(await App.TaxpayerAsync())["rfc"]!));
        Assert.That((bool?)(await App.Platform.GetAsync("/invoicing/v2/admin/audit/verification")).Is(200)["valid"], Is.True, "the chain holds without the texts");
    }

    private static readonly byte[] OnePixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}
