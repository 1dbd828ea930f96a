using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Invoicing.Billing.Tests;

public sealed class UsageTests
{
    private const string September = "from=2024-09-01&to=2024-09-30";

    [Test]
    public async Task Usage_is_the_ledger_a_line_a_day()
    {
        var company = App.NewCompany();
        await App.CountAsync(App.Closed(company, App.NewJob()));
        await App.CountAsync(App.Closed(company, App.NewJob(), "fallido"));
        await App.CountAsync(App.Closed(company, App.NewJob(), at: App.Noon.AddDays(1)));
        var usage = await GetAsync(App.Service.As(company, Role.admin), $"/invoicing/v2/billing/usage?{September}");
        var lines = usage["lines"]!.AsArray();
        Assert.Multiple(() =>
        {
            Assert.That((string)usage["company_id"]!, Is.EqualTo(company));
            Assert.That((string)usage["currency"]!, Is.EqualTo("USD"));
            Assert.That((decimal)usage["total_cost"]!, Is.EqualTo(3 * 0.048632m));
            Assert.That(lines.Select(l => (string)l!["date"]!), Is.EqualTo(new[] { "2024-09-15", "2024-09-16" }));
            Assert.That(((int)lines[0]!["jobs"]!, (int)lines[0]!["successful"]!, (int)lines[0]!["failed"]!), Is.EqualTo((2, 1, 1)));
            Assert.That((decimal)lines[0]!["cost_breakdown"]!["total"]!, Is.EqualTo(2 * 0.048632m));
        });
    }

    [Test]
    public async Task Costs_are_left_out_for_those_who_may_not_see_them()
    {
        var company = App.NewCompany();
        await App.CountAsync(App.Closed(company, App.NewJob()));
        var viewer = App.Service.As(company, Role.viewer);
        var usage = await viewer.GetStringAsync($"/invoicing/v2/billing/usage?{September}");
        var metrics = await viewer.GetStringAsync($"/invoicing/v2/metrics?{September}");
        var csv = await viewer.GetStringAsync($"/invoicing/v2/billing/usage?{September}&format=csv");
        Assert.That(usage, Does.Contain("\"jobs\":1"));
        Assert.That(usage + metrics + csv, Does.Not.Contain("cost").And.Not.Contain("USD").And.Not.Contain("0.04"));
    }

    [Test]
    public async Task Csv_carries_no_formula()
    {
        const string company = "=cmd|' /C calc'!A0";
        await App.CountAsync(App.Closed(company, App.NewJob()));
        var response = await App.Service.AsPlatformAdmin().GetAsync($"/invoicing/v2/billing/usage?{September}&format=csv&company_id={Uri.EscapeDataString(company)}");
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/csv"));
        Assert.That(lines[0], Is.EqualTo("company_id,date,jobs,successful,failed,captchas_solved,processing_time_ms,ocr,browser,captcha,model,storage,total,currency"));
        Assert.That(lines[1].TrimStart('"'), Does.StartWith("'="));
        Assert.That(lines[1], Does.EndWith("2024-09-15,1,1,0,1,30000,0.000017,0.000280,0.002990,0.045000,0.000345,0.048632,USD"));
    }

    [Test]
    public async Task Another_company_s_usage_is_refused()
    {
        var response = await App.Service.As("acme", Role.admin).GetAsync("/invoicing/v2/billing/usage?company_id=other");
        Assert.That((int)response.StatusCode, Is.EqualTo(403));
        Assert.That((string)(await response.Content.ReadFromJsonAsync<JsonNode>())!["code"]!, Is.EqualTo("cross_tenant"));
        Assert.That((int)(await App.Service.CreateClient().GetAsync("/invoicing/v2/billing/usage")).StatusCode, Is.EqualTo(401));
    }

    [TestCase("from=2024-13-01")]
    [TestCase("from=yesterday")]
    [TestCase("from=2024-09-30&to=2024-09-01")]
    [TestCase("from=1990-01-01&to=2024-09-01")]
    [TestCase("format=xml")]
    public async Task A_bad_question_is_422(string query) => Assert.That(
        (int)(await App.Service.AsPlatformAdmin().GetAsync($"/invoicing/v2/billing/usage?{query}")).StatusCode, Is.EqualTo(422));

    [Test]
    public async Task Metrics_tell_today_why_jobs_failed_and_a_series()
    {
        var company = App.NewCompany();
        var now = TimeProvider.System.GetUtcNow();
        await App.CountAsync(App.Closed(company, App.NewJob(), at: now));
        await App.CountAsync(App.Closed(company, App.NewJob(), "fallido", at: now, merchant: "OXXO Test"));
        var admin = App.Service.As(company, Role.admin);
        var byDay = await GetAsync(admin, "/invoicing/v2/metrics");
        var byMerchant = await GetAsync(admin, "/invoicing/v2/metrics?group_by=merchant");
        Assert.Multiple(() =>
        {
            Assert.That(((int)byDay["total_jobs_today"]!, (int)byDay["successful_jobs_today"]!, (int)byDay["failed_jobs_today"]!), Is.EqualTo((2, 1, 1)));
            Assert.That((long)byDay["average_processing_time_ms"]!, Is.EqualTo(30_000));
            Assert.That((decimal)byDay["cost_today"]!, Is.EqualTo(2 * 0.048632m));
            Assert.That((string)byDay["top_error_types"]![0]!["type"]!, Is.EqualTo("portal_caido"));
            Assert.That(byDay["series"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(byMerchant["series"]!.AsArray().Select(p => (string)p!["merchant"]!), Is.EqualTo(new[] { "OXXO Test", "Simple Portal" }));
        });
    }

    [Test]
    public async Task A_company_without_jobs_has_zeros_not_examples()
    {
        var metrics = await GetAsync(App.Service.As(App.NewCompany(), Role.admin), "/invoicing/v2/metrics");
        Assert.That((int)metrics["total_jobs_today"]!, Is.Zero);
        Assert.That(metrics["series"]!.AsArray(), Is.Empty);
        Assert.That(metrics["top_error_types"]!.AsArray(), Is.Empty);
    }

    private static async Task<JsonNode> GetAsync(HttpClient client, string path)
    {
        var response = await client.GetAsync(path);
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
