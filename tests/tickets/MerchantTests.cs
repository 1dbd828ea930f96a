using System.Net.Http.Json;

namespace Invoicing.Tickets.Tests;

public sealed class MerchantTests
{
    [Test]
    public async Task A_tenant_sees_the_shared_ones_and_its_own_by_name()
    {
        using var root = App.Service.AsPlatformAdmin();
        using var one = App.Service.As(App.NewTenant());
        using var other = App.Service.As(App.NewTenant());
        var name = $"ZZ {Guid.NewGuid():N}";
        await root.PostOkAsync("/invoicing/merchants", new { nombre = $"{name} común", metodo_facturacion = "api" });
        var own = await one.PostOkAsync("/invoicing/merchants", new { nombre = $"{name} aquí", metodo_facturacion = "email", metadata = new { email = "f@x.mx" } });

        string[] Names(System.Text.Json.Nodes.JsonNode list) => [.. list.AsArray().Select(m => (string)m!["nombre"]!).Where(n => n.StartsWith(name, StringComparison.Ordinal))];
        Assert.That(Names(await one.GetJsonAsync("/invoicing/merchants")), Is.EqualTo(new[] { $"{name} aquí", $"{name} común" }));
        Assert.That(Names(await other.GetJsonAsync("/invoicing/merchants")), Is.EqualTo(new[] { $"{name} común" }));
        Assert.That((string?)(await one.GetJsonAsync($"/invoicing/merchants/{own["id"]}"))["metadata"]!["email"], Is.EqualTo("f@x.mx"));
        Assert.That((int)(await other.GetAsync($"/invoicing/merchants/{own["id"]}")).StatusCode, Is.EqualTo(404));
    }

    [TestCase("""{"nombre":"X","metodo_facturacion":"paloma"}""")]
    [TestCase("""{"metodo_facturacion":"portal"}""")]
    [TestCase("""{"nombre":"X","metodo_facturacion":"portal","metadata":[]}""")]
    [TestCase("""{"nombre":"X","metodo_facturacion":"portal","metadata":{"portal_url":"http://10.1.1.1/"}}""")]
    public async Task A_bad_one_is_refused_in_the_words_of_v1(string json)
    {
        using var http = App.Service.As(App.NewTenant());
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");

        var refused = await http.PostAsync("/invoicing/merchants", body);

        Assert.That((int)refused.StatusCode, Is.EqualTo(422));
        Assert.That((string?)(await refused.JsonAsync())["detail"]![0]!["msg"], Is.Not.Empty);
    }

    [Test]
    public async Task A_merchant_is_changed_where_it_stands_and_the_next_ticket_uses_it()
    {
        using var admin = App.Service.As(App.NewTenant(), Role.admin);
        var name = $"Papelería {Guid.NewGuid():N}";
        var made = await admin.PostOkAsync("/invoicing/merchants", new { nombre = name, metodo_facturacion = "portal", metadata = new { portal_url = "https://viejo.mx/" } });

        var changed = await PutAsync(admin, (long)made["id"]!, new { metadata = new { portal_url = "https://nuevo.mx/" } }, await TagAsync(admin, (long)made["id"]!));

        Assert.That((int)changed.StatusCode, Is.EqualTo(200));
        var now = await changed.JsonAsync();
        Assert.That(((string?)now["nombre"], (string?)now["metadata"]!["portal_url"], (bool)now["is_active"]!), Is.EqualTo((name, "https://nuevo.mx/", true)));
        Assert.That(changed.Headers.ETag!.Tag, Is.EqualTo(await TagAsync(admin, (long)made["id"]!)));
        var said = await App.Bus.WaitForAsync<Messages.MerchantChanged>(m => m.MerchantId == (long)made["id"]!);
        Assert.That((said.Role, said.Before.Contains("viejo.mx"), said.After.Contains("nuevo.mx")), Is.EqualTo(("admin", true, true)));
        var ticket = await admin.PostOkAsync("/invoicing/v2/tickets", new { raw_data = "FOLIO: 12345\nTOTAL: $10.00", tipo = "texto", merchant_hint = name });
        var read = await App.Bus.WaitForAsync<Messages.TicketRead>(m => m.TicketId == (long)ticket["id"]!);
        Assert.That(read.PortalUrls, Is.EqualTo(new[] { "https://nuevo.mx/" }));
    }

    [Test]
    public async Task One_that_is_switched_off_is_in_no_list_and_on_no_ticket()
    {
        using var admin = App.Service.As(App.NewTenant(), Role.admin);
        var name = $"Cerrada {Guid.NewGuid():N}";
        var id = (long)(await admin.PostOkAsync("/invoicing/merchants", new { nombre = name, metodo_facturacion = "email" }))["id"]!;

        Assert.That((int)(await PutAsync(admin, id, new { is_active = false }, "*")).StatusCode, Is.EqualTo(200));

        Assert.That((await admin.GetJsonAsync("/invoicing/merchants")).AsArray().Select(m => (string?)m!["nombre"]), Has.No.Member(name));
        Assert.That((bool)(await admin.GetJsonAsync($"/invoicing/v2/merchants/{id}"))["is_active"]!, Is.False);
    }

    [Test]
    public async Task A_change_names_the_version_it_was_made_from()
    {
        using var admin = App.Service.As(App.NewTenant(), Role.admin);
        var id = (long)(await admin.PostOkAsync("/invoicing/merchants", new { nombre = "Versiones", metodo_facturacion = "email" }))["id"]!;
        var old = await TagAsync(admin, id);
        await PutAsync(admin, id, new { nombre = "Versiones 2" }, old);

        Assert.That((int)(await PutAsync(admin, id, new { nombre = "Versiones 3" }, old)).StatusCode, Is.EqualTo(412));
        Assert.That((int)(await PutAsync(admin, id, new { nombre = "Versiones 3" }, null)).StatusCode, Is.EqualTo(428));
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(async i => (int)(await PutAsync(admin, id, new { nombre = $"A la vez {i}" }, await TagAsync(admin, id))).StatusCode));
        Assert.That(both, Has.Some.EqualTo(200).And.All.AnyOf(200, 412));
    }

    [Test]
    public async Task Only_the_platform_changes_a_shared_one_and_only_admins_their_own()
    {
        using var root = App.Service.AsPlatformAdmin();
        var tenant = App.NewTenant();
        using var admin = App.Service.As(tenant, Role.admin);
        using var worker = App.Service.As(tenant, Role.@operator);
        using var stranger = App.Service.As(App.NewTenant(), Role.admin);
        var shared = (long)(await root.PostOkAsync("/invoicing/merchants", new { nombre = $"Común {Guid.NewGuid():N}", metodo_facturacion = "api" }))["id"]!;
        var own = (long)(await worker.PostOkAsync("/invoicing/merchants", new { nombre = "Propia", metodo_facturacion = "api" }))["id"]!;

        async Task<int> Status(HttpClient http, long id) => (int)(await PutAsync(http, id, new { metodo_facturacion = "email" }, "*")).StatusCode;
        Assert.That((await Status(admin, shared), await Status(worker, own), await Status(stranger, own), await Status(admin, 99999999)), Is.EqualTo((403, 403, 404, 404)));
        Assert.That((await Status(root, shared), await Status(admin, own)), Is.EqualTo((200, 200)));
    }

    [TestCase("""{"nombre":" "}""", "/nombre")]
    [TestCase("""{"nombre":"a\u0007b"}""", "/nombre")]
    [TestCase("""{"metodo_facturacion":"paloma"}""", "/metodo_facturacion")]
    [TestCase("""{"metadata":[]}""", "/metadata")]
    [TestCase("""{"metadata":{"portal_urls":["http://169.254.169.254/"]}}""", "/metadata/portal_url")]
    public async Task A_bad_change_is_refused_and_changes_nothing(string json, string pointer)
    {
        using var admin = App.Service.As(App.NewTenant(), Role.admin);
        var id = (long)(await admin.PostOkAsync("/invoicing/merchants", new { nombre = "Firme", metodo_facturacion = "email" }))["id"]!;
        var before = await TagAsync(admin, id);

        var refused = await PutAsync(admin, id, System.Text.Json.Nodes.JsonNode.Parse(json)!, before);

        Assert.That(((int)refused.StatusCode, (string?)(await refused.JsonAsync())["errors"]![0]!["pointer"]), Is.EqualTo((422, pointer)));
        Assert.That(await TagAsync(admin, id), Is.EqualTo(before));
    }

    private static async Task<string> TagAsync(HttpClient http, long id) => (await http.GetAsync($"/invoicing/v2/merchants/{id}")).EnsureSuccessStatusCode().Headers.ETag!.Tag;

    private static Task<HttpResponseMessage> PutAsync(HttpClient http, long id, object body, string? tag)
    {
        var put = new HttpRequestMessage(HttpMethod.Put, $"/invoicing/v2/merchants/{id}") { Content = JsonContent.Create(body) };
        if (tag is not null)
        {
            put.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        return http.SendAsync(put);
    }
}
