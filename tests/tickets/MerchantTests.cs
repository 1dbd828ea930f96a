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
}
