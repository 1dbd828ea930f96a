using System.Net.Http.Json;

namespace Invoicing.Tenants.Tests;

// A rotation moves every secret of the service: these tests take turns with those of credentials.
[NonParallelizable]
public sealed class ServiceSecretTests
{
    private const string Canary = "S3CR3T-canary";

    [Test]
    public async Task A_key_is_written_moved_to_another_key_and_never_shown()
    {
        var company = App.NewCompany();
        var admin = App.Service.As(company, Role.admin);
        var told = (await admin.PutAsJsonAsync(App.Tenant(company, "/service-secrets/captcha_solving"), new { key = Canary }).OkAsync()).ToJsonString()
            + (await admin.GetAsync(App.Tenant(company, "/service-secrets/captcha_solving")).OkAsync()).ToJsonString()
            + (string)(await App.SqlAsync($"SELECT string_agg(encode(sealed, 'escape'), '') FROM service_secrets WHERE company_id = '{company}'"))!
            + (string)(await App.SqlAsync($"SELECT string_agg(coalesce(\"before\"::text, '') || coalesce(\"after\"::text, ''), '') FROM audit_log WHERE company_id = '{company}'"))!
            + (string)(await App.SqlAsync("SELECT coalesce(string_agg(body::text, ''), '') FROM outbox_messages"))!;
        App.AddKey("k3");
        await App.PlatformAdmin.PostAsync("/invoicing/v2/admin/keys/rotate?key_id=k3", null).OkAsync();
        var opened = await App.Jobs.GetAsync($"/internal/tenants/{company}/service-secrets/captcha_solving").OkAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Does.Not.Contain("S3CR3T"));
            Assert.That((string)opened["values"]!["key"]!, Is.EqualTo(Canary));
            Assert.That((string)(await admin.GetAsync(App.Tenant(company, "/service-secrets/captcha_solving")).OkAsync())["key_id"]!, Is.EqualTo("k3"));
            Assert.That(await App.Service.As("other", Role.admin).GetAsync(App.Tenant(company, "/service-secrets/captcha_solving")).StatusAsync(), Is.EqualTo(404));
            Assert.That(await App.Service.As(company).PutAsJsonAsync(App.Tenant(company, "/service-secrets/captcha_solving"), new { key = "x" }).StatusAsync(), Is.EqualTo(403));
            Assert.That(await admin.GetAsync($"/internal/tenants/{company}/service-secrets/captcha_solving").StatusAsync(), Is.EqualTo(403));
        }

        Assert.That(await admin.DeleteAsync(App.Tenant(company, "/service-secrets/captcha_solving")).StatusAsync(), Is.EqualTo(204));
        Assert.That(await App.Jobs.GetAsync($"/internal/tenants/{company}/service-secrets/captcha_solving").StatusAsync(), Is.EqualTo(404));
    }

    [Test]
    public async Task Who_has_a_mailbox_is_known_inside_and_nothing_of_it()
    {
        var company = App.NewCompany();
        await App.PlatformAdmin.PutAsJsonAsync(App.Tenant(company, "/service-secrets/mailbox"), new { host = "imap.empresa.example", port = "993", username = "facturas@empresa.example", password = Canary }).OkAsync();
        var known = (await App.Jobs.GetAsync("/internal/service-secrets/mailbox").OkAsync()).ToJsonString();
        Assert.That(known, Does.Contain(company).And.Not.Contain("imap").And.Not.Contain(Canary));
    }

    [TestCase("captcha_solving", """{"key":""}""")]
    [TestCase("captcha_solving", """{}""")]
    [TestCase("claude_analysis", """{"key":"a","url":"https://elsewhere.example"}""")]
    [TestCase("mailbox", """{"host":"imap.empresa.example","port":"993","username":"a"}""")]
    [TestCase("mailbox", """{"host":"imap.empresa.example","port":"25","username":"a","password":"b"}""")]
    [TestCase("mailbox", """{"host":"10.0.0.5","port":"993","username":"a","password":"b"}""")]
    [TestCase("mailbox", """{"host":"mail.internal","port":"993","username":"a","password":"b"}""")]
    [TestCase("mailbox", """{"host":"a/b@c","port":"993","username":"a","password":"b"}""")]
    public async Task What_does_not_belong_there_is_refused(string name, string json) => Assert.That(
        await App.PlatformAdmin.PutAsync(App.Tenant("acme", $"/service-secrets/{name}"), new StringContent(json, null, "application/json")).StatusAsync(), Is.EqualTo(422));

    [Test]
    public async Task An_unknown_name_is_not_found() => Assert.That(
        await App.PlatformAdmin.PutAsJsonAsync(App.Tenant("acme", "/service-secrets/other"), new { key = "x" }).StatusAsync(), Is.EqualTo(404));

    [TestCase("captcha_solving", """{"enabled":true,"config":{"api_key":"S3CR3T-canary"}}""", 422)]
    [TestCase("claude_analysis", """{"enabled":true,"variants":[{"name":"a","weight":1,"config":{"key":"S3CR3T-canary"}}]}""", 422)]
    [TestCase("claude_analysis", """{"enabled":true,"config":{"model":"claude-3-haiku","max_tokens":300}}""", 200)]
    public async Task A_key_in_a_flags_configuration_is_refused(string flag, string json, int status) => Assert.That(
        await App.PlatformAdmin.PutAsync(App.Tenant(App.NewCompany(), $"/features/{flag}"), new StringContent(json, null, "application/json")).StatusAsync(), Is.EqualTo(status));
}
