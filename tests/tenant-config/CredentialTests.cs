using System.Net.Http.Json;
using Invoicing.TestSupport;

namespace Invoicing.Tenants.Tests;

// A rotation moves every secret of the service: these tests take turns.
[NonParallelizable]
public sealed class CredentialTests
{
    private static readonly object Login = new { username = "ana", password = "S3CR3T-canary", station = "4411" };

    [Test]
    public async Task A_credential_is_written_and_never_shown()
    {
        var company = App.NewCompany();
        var admin = App.Service.As(company, Role.admin);
        var put = await admin.PutAsJsonAsync(App.Tenant(company, "/credentials/7"), Login).OkAsync();
        var get = await admin.GetAsync(App.Tenant(company, "/credentials/7")).OkAsync();
        var stored = (string)(await App.SqlAsync($"SELECT encode(sealed, 'escape') FROM portal_credentials WHERE company_id = '{company}'"))!;
        var opened = await App.Jobs.GetAsync($"/internal/tenants/{company}/credentials/7").OkAsync();
        Assert.Multiple(() =>
        {
            Assert.That(put.ToJsonString() + get.ToJsonString() + stored, Does.Not.Contain("S3CR3T"));
            Assert.That((string)get["key_id"]!, Is.Not.Empty);
            Assert.That((string)opened["username"]!, Is.EqualTo("ana"));
            Assert.That((string)opened["password"]!, Is.EqualTo("S3CR3T-canary"));
            Assert.That((string)opened["extra"]!["station"]!, Is.EqualTo("4411"));
        });
        Assert.That(await App.Service.As("other", Role.admin).GetAsync(App.Tenant(company, "/credentials/7")).StatusAsync(), Is.EqualTo(404));
        Assert.That(await admin.GetAsync($"/internal/tenants/{company}/credentials/7").StatusAsync(), Is.EqualTo(403));
        Assert.That(await admin.DeleteAsync(App.Tenant(company, "/credentials/7")).StatusAsync(), Is.EqualTo(204));
        Assert.That(await App.Jobs.GetAsync($"/internal/tenants/{company}/credentials/7").StatusAsync(), Is.EqualTo(404));
    }

    [Test]
    public async Task A_secret_moved_to_another_company_does_not_open()
    {
        var (mine, theirs) = (App.NewCompany(), App.NewCompany());
        await App.PlatformAdmin.PutAsJsonAsync(App.Tenant(mine, "/credentials/1"), Login).OkAsync();
        await App.SqlAsync($"INSERT INTO portal_credentials SELECT '{theirs}', merchant_id, created_at, updated_at, key_id, sealed, wrapped_key FROM portal_credentials WHERE company_id = '{mine}'");
        Assert.That(await App.Jobs.GetAsync($"/internal/tenants/{theirs}/credentials/1").StatusAsync(), Is.EqualTo(500));
        Assert.That(await App.Jobs.GetAsync($"/internal/tenants/{mine}/credentials/1").StatusAsync(), Is.EqualTo(200));
        await App.SqlAsync($"DELETE FROM portal_credentials WHERE company_id = '{theirs}'");
        await App.SqlAsync($"INSERT INTO portal_credentials SELECT company_id, 2, created_at, updated_at, key_id, sealed, wrapped_key FROM portal_credentials WHERE company_id = '{mine}'");
        Assert.That(await App.Jobs.GetAsync($"/internal/tenants/{mine}/credentials/2").StatusAsync(), Is.EqualTo(500), "nor for another merchant");
        await App.SqlAsync($"DELETE FROM portal_credentials WHERE company_id = '{mine}' AND merchant_id = 2");
    }

    [Test]
    public async Task Rotation_moves_every_secret_to_the_new_key_and_a_missing_key_is_said()
    {
        var company = App.NewCompany();
        await App.PlatformAdmin.PutAsJsonAsync(App.Tenant(company, "/credentials/1"), Login).OkAsync();
        var before = await App.Jobs.GetAsync($"/internal/tenants/{company}/webhook-secrets").OkAsync();
        App.AddKey("k2");
        var rotated = await App.PlatformAdmin.PostAsync("/invoicing/v2/admin/keys/rotate", null).OkAsync();
        Assert.That((string)rotated["active_key_id"]!, Is.EqualTo("k2"));
        await Eventually.TrueAsync(async () => (long)(await App.SqlAsync("SELECT count(*) FROM portal_credentials WHERE key_id <> 'k2'"))! == 0, "everything under k2");
        Assert.That((string)(await App.PlatformAdmin.GetAsync(App.Tenant(company, "/credentials/1")).OkAsync())["key_id"]!, Is.EqualTo("k2"));
        Assert.That((string)(await App.Jobs.GetAsync($"/internal/tenants/{company}/credentials/1").OkAsync())["password"]!, Is.EqualTo("S3CR3T-canary"));
        Assert.That((await App.Jobs.GetAsync($"/internal/tenants/{company}/webhook-secrets").OkAsync()).ToJsonString(), Is.EqualTo(before.ToJsonString()));
        var (there, away) = (Path.Combine(App.KeyFolder, "k2.key"), Path.Combine(App.KeyFolder, "k2.away"));
        File.Move(there, away);
        Assert.That(await App.Jobs.GetAsync($"/internal/tenants/{company}/credentials/1").StatusAsync(), Is.EqualTo(503));
        File.Move(away, there);
    }

    [Test]
    public async Task A_new_webhook_secret_leaves_the_old_one_for_a_day()
    {
        var company = App.NewCompany();
        var first = await App.Jobs.GetAsync($"/internal/tenants/{company}/webhook-secrets").OkAsync();
        var replaced = await App.Service.As(company, Role.admin).PostAsync(App.Tenant(company, "/webhook-secret"), null).OkAsync();
        var both = (await App.Jobs.GetAsync($"/internal/tenants/{company}/webhook-secrets").OkAsync())["secrets"]!.AsArray();
        Assert.That(both.Select(s => (string)s!), Is.EqualTo(new[] { (string)replaced["secret"]!, (string)first["secrets"]![0]! }));
        Assert.That((string)replaced["secret"]!, Does.StartWith("whsec_"));
        Assert.That(replaced["previous_valid_until"], Is.Not.Null);
    }

    [TestCase("{\"username\":\"ana\"}")]
    [TestCase("{\"username\":\"ana\",\"password\":5}")]
    [TestCase("{\"username\":\"ana\",\"password\":\"x\",\"more\":{}}")]
    public async Task A_credential_is_texts(string json) => Assert.That(
        await App.PlatformAdmin.PutAsync(App.Tenant("acme", "/credentials/1"), new StringContent(json, null, "application/json")).StatusAsync(), Is.EqualTo(422));
}
