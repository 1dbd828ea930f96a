using System.Net.Http.Json;
using Invoicing.Messages;
using Invoicing.Tenants.Db;
using Invoicing.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Invoicing.Tenants.Tests;

// Texts of the audit log are taken away and the chain is verified.
[NonParallelizable]
public sealed class PrivacyTests
{
    [Test]
    public async Task An_erasure_is_over_when_every_service_has_said_so_however_often()
    {
        var company = App.NewCompany();
        await App.PlatformAdmin.PutAsJsonAsync(App.Tenant(company), new { webhook_url = "https://erp.example.com/hook" }).OkAsync();
        await App.PlatformAdmin.PutAsJsonAsync(App.Tenant(company, "/credentials/1"), new { username = "ana", password = "x" }).OkAsync();
        var admin = App.Service.As(company, Role.admin);
        var asked = await admin.PostAsJsonAsync(App.Tenant(company, "/erasure"), new { confirm = company }).OkAsync();
        var said = await App.Bus.WaitForAsync<ForgetData>(f => f.CompanyId == company);
        Assert.That((said.ErasureId, said.OpenToo), Is.EqualTo(((string?)asked["id"], true)));
        var (tickets, jobs) = (Guid.NewGuid(), Guid.NewGuid());
        for (var twice = 0; twice < 2; twice++)
        {
            await App.Bus.SayAsync(new TicketsForgotten(said.ErasureId, company, said.Before, true, 200, 150, true, said.At), tickets);
            await App.Bus.SayAsync(new JobsForgotten(said.ErasureId, company, said.Before, true, 210, 900, false, said.At.AddSeconds(9)), jobs);
        }

        await Eventually.TrueAsync(async () => (long)(await admin.GetAsync(App.Tenant(company, "/erasure")).OkAsync())["jobs"]! == 210, "jobs' part");
        Assert.That((string?)(await admin.GetAsync(App.Tenant(company, "/erasure")).OkAsync())["status"], Is.EqualTo("running"));
        await App.Bus.SayAsync(new TicketsForgotten(said.ErasureId, company, said.Before, true, 34, 30, false, said.At.AddSeconds(5)));
        await Eventually.TrueAsync(async () => (string?)(await admin.GetAsync(App.Tenant(company, "/erasure")).OkAsync())["status"] == "completed", "the end");
        var done = await admin.GetAsync(App.Tenant(company, "/erasure")).OkAsync();
        Assert.That(((long)done["tickets"]!, (long)done["jobs"]!, (long)done["files"]!), Is.EqualTo((234, 210, 1080)));
        Assert.That(await admin.GetAsync(App.Tenant(company, "/credentials/1")).StatusAsync(), Is.EqualTo(404));
        Assert.That((await admin.GetAsync(App.Tenant(company)).OkAsync())["webhook_url"], Is.Null);
        var audit = await App.PlatformAdmin.GetAsync($"/invoicing/v2/admin/audit?company_id={company}").OkAsync();
        Assert.That(audit.ToJsonString(), Does.Contain("tenant.created").And.Contain(Erasure.Requested).And.Not.Contain("erp.example.com"));
        Assert.That((bool)(await App.PlatformAdmin.GetAsync("/invoicing/v2/admin/audit/verification").OkAsync())["valid"]!, Is.True);
    }

    [Test]
    public async Task Only_the_company_s_own_admin_erases_and_takes_away()
    {
        var company = App.NewCompany();
        Assert.That(await App.Service.As(company, Role.@operator).PostAsJsonAsync(App.Tenant(company, "/erasure"), new { confirm = company }).StatusAsync(), Is.EqualTo(403));
        Assert.That(await App.Service.As("other", Role.admin).PostAsJsonAsync(App.Tenant(company, "/erasure"), new { confirm = company }).StatusAsync(), Is.EqualTo(404));
        Assert.That(await App.Service.As(company, Role.@operator).GetAsync(App.Tenant(company, "/export")).StatusAsync(), Is.EqualTo(403));
        Assert.That(await App.Service.As("other", Role.admin).GetAsync(App.Tenant(company, "/export")).StatusAsync(), Is.EqualTo(404));
    }

    [Test]
    public async Task A_retention_time_asks_once_a_day()
    {
        var company = App.NewCompany();
        await App.PlatformAdmin.PutAsJsonAsync(App.Tenant(company), new { retention_days = 90 }).OkAsync();
        var admin = App.Service.As(company, Role.admin);
        Assert.That(await admin.PutAsync(App.Tenant(company), new { retention_days = 7 }, "*").StatusAsync(), Is.EqualTo(422));
        var now = new DateTimeOffset(2031, 5, 1, 12, 0, 0, TimeSpan.Zero);
        foreach (var at in (DateTimeOffset[])[now, now.AddHours(23), now.AddHours(24)])
        {
            await using var scope = App.Service.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<TenantsDb>().SweepAsync(at, CancellationToken.None);
        }

        await App.Bus.WaitForAsync<ForgetData>(f => f.CompanyId == company && f.Before == now.AddHours(24).AddDays(-90) && !f.OpenToo && f.ErasureId is null);
        Assert.That(App.Bus.Heard<ForgetData>().Where(f => f.CompanyId == company && f.At >= now).Select(f => f.At), Is.EquivalentTo(new[] { now, now.AddHours(24) }));
        Assert.That((await admin.PutAsync(App.Tenant(company), new { retention_days = 0 }, "*").OkAsync())["retention_days"], Is.Null);
    }
}
