using System.Net.Http.Json;
using Invoicing.Messages;

namespace Invoicing.Tenants.Tests;

public sealed class ApiKeyTests
{
    [Test]
    public async Task The_secret_is_shown_once_and_tells_whose_it_is()
    {
        var company = App.NewCompany();
        var admin = App.Service.As(company, Role.admin);
        var made = await admin.PostAsJsonAsync(App.Tenant(company, "/api-keys"), new { name = "erp", role = "viewer" }).OkAsync();
        var secret = (string)made["key"]!;
        var list = await admin.GetAsync(App.Tenant(company, "/api-keys")).OkAsync();
        var resolved = await App.Jobs.PostAsJsonAsync("/internal/api-keys/resolve", new { key = secret }).OkAsync();
        var stored = (string)(await App.SqlAsync($"SELECT string_agg(k::text, '') FROM api_keys k WHERE company_id = '{company}'"))!;
        Assert.Multiple(() =>
        {
            Assert.That(secret, Does.StartWith("ak_"));
            Assert.That((string)list[0]!["prefix"]!, Is.EqualTo(secret[..11]));
            Assert.That(list.ToJsonString(), Does.Not.Contain(secret));
            Assert.That(stored, Does.Not.Contain(secret));
            Assert.That((string)resolved["company_id"]!, Is.EqualTo(company));
            Assert.That((string)resolved["role"]!, Is.EqualTo("viewer"));
            Assert.That((string)resolved["key_id"]!, Is.EqualTo((string)made["id"]!));
        });
        var used = await admin.GetAsync(App.Tenant(company, "/api-keys")).OkAsync();
        Assert.That(used[0]!["last_used_at"], Is.Not.Null);
        await App.Bus.WaitForAsync<CredentialChanged>(c => c.CompanyId == company);
    }

    [Test]
    public async Task A_revoked_key_is_nobodys()
    {
        var company = App.NewCompany();
        var made = await App.PlatformAdmin.PostAsJsonAsync(App.Tenant(company, "/api-keys"), new { name = "erp", role = "admin" }).OkAsync();
        Assert.That(await App.PlatformAdmin.DeleteAsync(App.Tenant(company, $"/api-keys/{made["id"]}")).StatusAsync(), Is.EqualTo(204));
        Assert.That(await App.Jobs.PostAsJsonAsync("/internal/api-keys/resolve", new { key = (string)made["key"]! }).StatusAsync(), Is.EqualTo(404));
        Assert.That(await App.PlatformAdmin.DeleteAsync(App.Tenant(company, $"/api-keys/{made["id"]}")).StatusAsync(), Is.EqualTo(404));
    }

    [Test]
    public async Task A_name_has_two_active_keys_at_most_even_when_asked_for_at_once()
    {
        var company = App.NewCompany();
        var asked = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            App.PlatformAdmin.PostAsJsonAsync(App.Tenant(company, "/api-keys"), new { name = "erp", role = "operator" }).StatusAsync()));
        Assert.That(asked.Order(), Is.EqualTo(new[] { 200, 200, 409, 409, 409 }));
    }

    [TestCase("platform_admin")]
    [TestCase("service")]
    [TestCase("")]
    public async Task A_key_has_a_role_of_the_company(string role) =>
        Assert.That(await App.PlatformAdmin.PostAsJsonAsync(App.Tenant("acme", "/api-keys"), new { name = "x", role }).StatusAsync(), Is.EqualTo(422));

    [Test]
    public async Task Only_the_company_s_admin_touches_its_keys()
    {
        var company = App.NewCompany();
        Assert.That(await App.Service.As(company, Role.@operator).GetAsync(App.Tenant(company, "/api-keys")).StatusAsync(), Is.EqualTo(403));
        Assert.That(await App.Service.As("other", Role.admin).GetAsync(App.Tenant(company, "/api-keys")).StatusAsync(), Is.EqualTo(404));
        Assert.That(await App.Service.AsAnonymous().GetAsync(App.Tenant(company, "/api-keys")).StatusAsync(), Is.EqualTo(403));
        Assert.That(await App.Service.CreateClient().GetAsync(App.Tenant(company, "/api-keys")).StatusAsync(), Is.EqualTo(401));
        Assert.That(await App.PlatformAdmin.PostAsJsonAsync("/internal/api-keys/resolve", new { key = "ak_x" }).StatusAsync(), Is.EqualTo(403));
    }
}
