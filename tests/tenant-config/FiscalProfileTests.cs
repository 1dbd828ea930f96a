using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Invoicing.Tenants.Tests;

public sealed class FiscalProfileTests
{
    private static readonly object Kemper = new
    {
        rfc = " eku9003173c9 ", nombre = "Escuela Kemper Urgate", codigo_postal = "42501", regimen_fiscal = "601", uso_cfdi = "G03", correo = "facturas@example.com",
    };

    [Test]
    public async Task The_first_profile_is_the_default_and_reaches_the_worker()
    {
        var company = App.NewCompany();
        var made = await App.Service.As(company, Role.admin).PostAsJsonAsync(App.Tenant(company, "/fiscal-profiles"), Kemper).OkAsync();
        var facts = await App.Jobs.GetAsync($"/internal/tenants/{company}/fiscal-profile").OkAsync();
        Assert.Multiple(() =>
        {
            Assert.That((bool)made["is_default"]!, Is.True);
            Assert.That((string)made["rfc"]!, Is.EqualTo("EKU9003173C9"));
            Assert.That((string)made["nombre"]!, Is.EqualTo("ESCUELA KEMPER URGATE"));
            Assert.That((string)facts["rfc"]!, Is.EqualTo("EKU9003173C9"));
            Assert.That((long)facts["id"]!, Is.EqualTo((long)made["id"]!));
        });
        Assert.That(await App.Jobs.GetAsync($"/internal/tenants/{company}/fiscal-profile?id=999999").StatusAsync(), Is.EqualTo(404));
        Assert.That(await App.Jobs.GetAsync($"/internal/tenants/other/fiscal-profile?id={made["id"]}").StatusAsync(), Is.EqualTo(404));
    }

    [Test]
    public async Task Another_default_takes_the_place_of_the_first()
    {
        var company = App.NewCompany();
        var admin = App.Service.As(company, Role.admin);
        await admin.PostAsJsonAsync(App.Tenant(company, "/fiscal-profiles"), Kemper).OkAsync();
        var second = await admin.PostAsJsonAsync(App.Tenant(company, "/fiscal-profiles"), Kemper).OkAsync();
        Assert.That((bool)second["is_default"]!, Is.False);
        await admin.PutAsJsonAsync(App.Tenant(company, $"/fiscal-profiles/{second["id"]}"), new { is_default = true }).OkAsync();
        var list = (await admin.GetAsync(App.Tenant(company, "/fiscal-profiles")).OkAsync()).AsArray();
        Assert.That(list.Select(p => (bool)p!["is_default"]!), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public async Task What_sat_would_refuse_is_refused_by_field_in_Spanish()
    {
        var bad = new { rfc = "EKU9003173C9", nombre = "", codigo_postal = "123", regimen_fiscal = "612", uso_cfdi = "P01", correo = "nobody" };
        var problem = await App.Service.AsAnonymous().PostAsJsonAsync(App.Tenant("acme", "/fiscal-profiles"), bad).JsonAsync();
        var errors = problem["errors"]!.AsArray();
        Assert.Multiple(() =>
        {
            Assert.That((int)problem["status"]!, Is.EqualTo(422));
            Assert.That(errors.Select(e => (string)e!["pointer"]!), Is.EquivalentTo(new[] { "/nombre", "/codigo_postal", "/regimen_fiscal", "/uso_cfdi", "/correo" }));
            Assert.That(errors.Select(e => (string)e!["detail"]!), Has.Some.Contains("código postal"));
        });
    }

    [Test]
    public async Task A_change_is_judged_as_a_whole()
    {
        var company = App.NewCompany();
        var admin = App.Service.As(company, Role.admin);
        var made = await admin.PostAsJsonAsync(App.Tenant(company, "/fiscal-profiles"), Kemper).OkAsync();
        var path = App.Tenant(company, $"/fiscal-profiles/{made["id"]}");
        Assert.That(await admin.PutAsJsonAsync(path, new { regimen_fiscal = "605" }).StatusAsync(), Is.EqualTo(422));
        var kept = await admin.GetAsync(path).OkAsync();
        Assert.That((string)kept["regimen_fiscal"]!, Is.EqualTo("601"));
        Assert.That((string)(await admin.PutAsJsonAsync(path, new { codigo_postal = "06002" }).OkAsync())["codigo_postal"]!, Is.EqualTo("06002"));
    }

    [Test]
    public async Task The_anonymous_operator_of_the_local_run_may_make_one_and_a_viewer_may_not()
    {
        JsonNode made = await App.Service.AsAnonymous().PostAsJsonAsync(App.Tenant(App.NewCompany(), "/fiscal-profiles"), Kemper).OkAsync();
        Assert.That((long)made["id"]!, Is.Positive);
        Assert.That(await App.Service.As("acme", Role.viewer).PostAsJsonAsync(App.Tenant("acme", "/fiscal-profiles"), Kemper).StatusAsync(), Is.EqualTo(403));
        Assert.That(await App.Service.As("other", Role.admin).PostAsJsonAsync(App.Tenant("acme", "/fiscal-profiles"), Kemper).StatusAsync(), Is.EqualTo(404));
    }
}
