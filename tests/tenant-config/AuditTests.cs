using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Tenants.Tests;

// One test breaks the chain on purpose: nobody may verify meanwhile.
[NonParallelizable]
public sealed class AuditTests
{
    private const string Verification = "/invoicing/v2/admin/audit/verification";

    [Test]
    public async Task Writes_and_credential_reads_are_in_the_chain_without_secrets()
    {
        var company = App.NewCompany();
        await App.PlatformAdmin.PutAsJsonAsync(App.Tenant(company, "/credentials/3"), new { username = "u", password = "S3CR3T-audit" }).OkAsync();
        await App.Jobs.GetAsync($"/internal/tenants/{company}/credentials/3").OkAsync();
        var entries = (await App.PlatformAdmin.GetAsync($"/invoicing/v2/admin/audit?company_id={company}").OkAsync()).AsArray();
        Assert.That(entries.Select(e => (string)e!["action"]!), Is.EqualTo(new[] { "credential.read", "credential.written" }));
        Assert.That(entries.Select(e => (string)e!["actor"]!), Is.EqualTo(new[] { "jobs", "root" }));
        Assert.That(entries.ToJsonString(), Does.Not.Contain("S3CR3T"));
    }

    [Test]
    public async Task A_changed_merchant_is_in_the_chain_once_however_often_it_is_told()
    {
        var (company, twice) = (App.NewCompany(), Guid.NewGuid());
        var told = new MerchantChanged(7, company, "ana", "admin", """{"nombre":"Antes"}""", """{"nombre":"Después"}""", TimeProvider.System.GetUtcNow());
        await App.Bus.SayAsync(told, twice);
        await App.Bus.SayAsync(told, twice);
        await App.Bus.SayAsync(told with { MerchantId = 8 });

        var entries = new JsonArray();
        await Eventually.TrueAsync(async () => (entries = (await App.PlatformAdmin.GetAsync($"/invoicing/v2/admin/audit?company_id={company}").OkAsync()).AsArray()).Any(e => (string?)e!["target"] == "8"), "the entries");

        Assert.That(entries.Select(e => (string?)e!["target"]), Is.EquivalentTo(new[] { "7", "8" }));
        Assert.That(entries.Select(e => ((string?)e!["action"], (string?)e["actor"], (string?)e["after"]!["nombre"])), Has.All.EqualTo(("merchant.changed", "ana", "Después")));
    }

    [Test]
    public async Task Writers_at_the_same_time_make_one_unbroken_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            App.PlatformAdmin.PutAsync(App.Tenant($"chain_{i}", "/features/x"), new { enabled = true }, null).OkAsync()));
        var verified = await App.PlatformAdmin.GetAsync(Verification).OkAsync();
        Assert.That((bool)verified["valid"]!, Is.True);
        Assert.That((long)verified["entries"]!, Is.GreaterThanOrEqualTo(12));
    }

    [Test]
    public async Task An_entry_cannot_be_changed_and_one_changed_by_force_is_found()
    {
        await App.PlatformAdmin.PutAsync(App.Tenant(App.NewCompany(), "/features/x"), new { enabled = true }, null).OkAsync();
        Assert.That(async () => await App.SqlAsync("UPDATE audit_log SET actor = 'nobody'"), Throws.Exception.With.Message.Contains("append-only"));
        var last = (long)(await App.SqlAsync("SELECT max(sequence) FROM audit_log"))!;
        var actor = (string)(await App.SqlAsync($"SELECT actor FROM audit_log WHERE sequence = {last}"))!;
        await ForceAsync($"UPDATE audit_log SET actor = 'nobody' WHERE sequence = {last}");
        var broken = await App.PlatformAdmin.GetAsync(Verification).OkAsync();
        await ForceAsync($"UPDATE audit_log SET actor = '{actor}' WHERE sequence = {last}");
        Assert.That((bool)broken["valid"]!, Is.False);
        Assert.That((long)broken["first_broken"]!, Is.EqualTo(last));
    }

    [Test]
    public async Task Texts_taken_from_an_entry_of_a_company_that_nobody_erased_are_missed()
    {
        var company = App.NewCompany();
        await App.PlatformAdmin.PutAsync(App.Tenant(company, "/features/x"), new { enabled = true }, null).OkAsync();
        var entry = (long)(await App.SqlAsync($"SELECT max(sequence) FROM audit_log WHERE company_id = '{company}'"))!;
        var kept = (string)(await App.SqlAsync($"SELECT after || '|' || encode(salt, 'hex') FROM audit_log WHERE sequence = {entry}"))!;
        Assert.That(async () => await App.SqlAsync($"UPDATE audit_log SET after = '{{}}' WHERE sequence = {entry}"), Throws.Exception.With.Message.Contains("append-only"));
        await App.SqlAsync($"UPDATE audit_log SET before = NULL, after = NULL, salt = NULL WHERE sequence = {entry}");
        var missed = await App.PlatformAdmin.GetAsync(Verification).OkAsync();
        await ForceAsync($"UPDATE audit_log SET after = '{kept.Split('|')[0]}', salt = decode('{kept.Split('|')[1]}', 'hex') WHERE sequence = {entry}");
        Assert.That(((bool)missed["valid"]!, (long)missed["first_broken"]!), Is.EqualTo((false, entry)));
        Assert.That((bool)(await App.PlatformAdmin.GetAsync(Verification).OkAsync())["valid"]!, Is.True);
    }

    [Test]
    public async Task Only_platform_admins_come_here()
    {
        Assert.That(await App.Service.As("acme", Role.admin).GetAsync(Verification).StatusAsync(), Is.EqualTo(403));
        Assert.That(await App.Service.CreateClient().GetAsync(Verification).StatusAsync(), Is.EqualTo(403));
        Assert.That(await App.PlatformAdmin.GetAsync("/invoicing/v2/admin/audit?limit=0").StatusAsync(), Is.EqualTo(422));
    }

    private static Task<object?> ForceAsync(string update) =>
        App.SqlAsync($"ALTER TABLE audit_log DISABLE TRIGGER USER; {update}; ALTER TABLE audit_log ENABLE TRIGGER USER");
}
