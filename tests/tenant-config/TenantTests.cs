using System.Net.Http.Json;
using Invoicing.Messages;

namespace Invoicing.Tenants.Tests;

public sealed class TenantTests
{
    [Test]
    public async Task A_change_names_the_version_it_was_made_from()
    {
        var company = App.NewCompany();
        var made = await App.PlatformAdmin.PutAsync(App.Tenant(company), new { max_concurrent_jobs = 20, max_daily_jobs = 1000 }, null);
        Assert.That((int)made.StatusCode, Is.EqualTo(200));
        var etag = made.Headers.ETag!.ToString();
        Assert.That(await App.PlatformAdmin.PutAsync(App.Tenant(company), new { weight = 2 }, null).StatusAsync(), Is.EqualTo(428));
        Assert.That(await App.PlatformAdmin.PutAsync(App.Tenant(company), new { weight = 2 }, "\"1\"").StatusAsync(), Is.EqualTo(412));
        var changed = await App.PlatformAdmin.PutAsync(App.Tenant(company), new { weight = 2 }, etag);
        Assert.That(changed.Headers.ETag!.ToString(), Is.Not.EqualTo(etag));
        var body = await Task.FromResult(changed).OkAsync();
        Assert.That((int)body["max_concurrent_jobs"]!, Is.EqualTo(20), "what was not given stays");
        Assert.That(await App.PlatformAdmin.PutAsync(App.Tenant(company), new { weight = 3 }, etag).StatusAsync(), Is.EqualTo(412));
        await App.Bus.WaitForAsync<TenantChanged>(c => c.CompanyId == company);
    }

    [Test]
    public async Task Of_two_changes_from_one_version_one_wins()
    {
        var company = App.NewCompany();
        var etag = (await App.PlatformAdmin.PutAsync(App.Tenant(company), new { weight = 1 }, null)).Headers.ETag!.ToString();
        var both = await Task.WhenAll(Enumerable.Range(2, 4).Select(w => App.PlatformAdmin.PutAsync(App.Tenant(company), new { weight = w }, etag).StatusAsync()));
        Assert.That(both.Order(), Is.EqualTo(new[] { 200, 412, 412, 412 }));
    }

    [Test]
    public async Task An_operator_s_sql_makes_a_new_version()
    {
        var company = App.NewCompany();
        var etag = (await App.PlatformAdmin.PutAsync(App.Tenant(company), new { weight = 1 }, null)).Headers.ETag!.ToString();
        await App.SqlAsync($"UPDATE tenant_config SET max_daily_jobs = 7 WHERE company_id = '{company}'");
        Assert.That(await App.PlatformAdmin.PutAsync(App.Tenant(company), new { weight = 2 }, etag).StatusAsync(), Is.EqualTo(412));
        var settings = await App.Jobs.GetFromJsonAsync<TenantSettings>($"/internal/tenants/{company}", Json.Options);
        Assert.That(settings!.MaxDailyJobs, Is.EqualTo(7));
    }

    [TestCase("max_concurrent_jobs", 0)]
    [TestCase("max_concurrent_jobs", 1001)]
    [TestCase("max_daily_jobs", 1000001)]
    [TestCase("storage_quota_mb", 10000001)]
    [TestCase("custom_timeout_seconds", 29)]
    [TestCase("custom_timeout_seconds", 3601)]
    public async Task A_limit_has_bounds(string field, int value)
    {
        var problem = await App.PlatformAdmin.PutAsync(App.Tenant(App.NewCompany()), new Dictionary<string, int> { [field] = value }, null).JsonAsync();
        Assert.That((int)problem["status"]!, Is.EqualTo(422));
        Assert.That((string)problem["errors"]![0]!["pointer"]!, Is.EqualTo("/" + field));
    }

    [Test]
    public async Task An_admin_changes_settings_but_no_limits()
    {
        var company = App.NewCompany();
        await App.PlatformAdmin.PutAsync(App.Tenant(company), new { max_daily_jobs = 50 }, null).OkAsync();
        var admin = App.Service.As(company, Role.admin);
        Assert.That(await admin.PutAsync(App.Tenant(company), new { max_daily_jobs = 51 }, "*").StatusAsync(), Is.EqualTo(403));
        var changed = await admin.PutAsync(App.Tenant(company), new { max_daily_jobs = 50, custom_timeout_seconds = 60, daily_limit_policy = "reject" }, "*").OkAsync();
        Assert.That((string)changed["daily_limit_policy"]!, Is.EqualTo("reject"));
        Assert.That(await admin.PutAsync(App.Tenant(company), new { daily_limit_policy = "maybe" }, "*").StatusAsync(), Is.EqualTo(422));
    }

    [TestCase("http://169.254.169.254/hook")]
    [TestCase("https://10.0.0.1/hook")]
    [TestCase("file:///etc/passwd")]
    [TestCase("http://example.com/hook")]
    public async Task A_webhook_goes_only_where_the_system_may_go(string address)
    {
        var problem = await App.PlatformAdmin.PutAsync(App.Tenant(App.NewCompany()), new { webhook_url = address }, null).JsonAsync();
        Assert.That((string)problem["code"]!, Is.EqualTo("forbidden_address"));
    }

    [Test]
    public async Task Another_company_is_not_there()
    {
        var company = App.NewCompany();
        await App.PlatformAdmin.PutAsync(App.Tenant(company), new { }, null).OkAsync();
        Assert.That(await App.Service.As("other", Role.admin).GetAsync(App.Tenant(company)).StatusAsync(), Is.EqualTo(404));
        Assert.That(await App.Service.As("other", Role.admin).PutAsync(App.Tenant(company), new { }, "*").StatusAsync(), Is.EqualTo(404));
        Assert.That(await App.Service.As(company, Role.viewer).GetAsync(App.Tenant(company)).StatusAsync(), Is.EqualTo(200));
        Assert.That(await App.Service.As(company, Role.viewer).PutAsync(App.Tenant(company), new { }, "*").StatusAsync(), Is.EqualTo(403));
    }

    [Test]
    public async Task An_unknown_company_has_defaults_in_the_local_run_and_is_unknown_otherwise()
    {
        var company = App.NewCompany();
        var defaults = await App.Service.AsAnonymous().GetAsync(App.Tenant(company)).OkAsync();
        Assert.That((int)defaults["max_daily_jobs"]!, Is.EqualTo(100));
        Assert.That(await App.PlatformAdmin.GetAsync(App.Tenant(company)).StatusAsync(), Is.EqualTo(404));
    }
}
