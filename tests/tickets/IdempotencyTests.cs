using System.Net;
using System.Net.Http.Json;

namespace Invoicing.Tickets.Tests;

public sealed class IdempotencyTests
{
    private static HttpRequestMessage Post(string key, string text) => new(HttpMethod.Post, "/invoicing/v2/tickets")
    {
        Headers = { { "Idempotency-Key", key } },
        Content = JsonContent.Create(new { raw_data = text, tipo = "texto" }),
    };

    [Test]
    public async Task The_same_key_is_the_same_ticket()
    {
        using var http = App.Service.As(App.NewTenant());
        var key = Guid.NewGuid().ToString();

        var first = await http.SendAsync(Post(key, "OXXO"));
        var second = await http.SendAsync(Post(key, "OXXO"));

        Assert.That(await second.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
        Assert.That(second.Headers.GetValues("Idempotency-Replayed").Single(), Is.EqualTo("true"));
        Assert.That(first.Headers.Contains("Idempotency-Replayed"), Is.False);
        Assert.That((int)(await http.GetJsonAsync("/invoicing/tickets"))["total"]!, Is.EqualTo(1));
    }

    [Test]
    public async Task The_same_key_for_something_else_is_refused()
    {
        using var http = App.Service.As(App.NewTenant());
        var key = Guid.NewGuid().ToString();
        await http.SendAsync(Post(key, "uno"));

        var refused = await http.SendAsync(Post(key, "dos"));

        Assert.That((int)refused.StatusCode, Is.EqualTo(422));
        Assert.That((string?)(await refused.JsonAsync())["code"], Is.EqualTo("idempotency_mismatch"));
        using var other = App.Service.As(App.NewTenant());
        Assert.That((await other.SendAsync(Post(key, "dos"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_form_is_the_same_whatever_its_boundary()
    {
        using var http = App.Service.As(App.NewTenant());
        http.DefaultRequestHeaders.Add("Idempotency-Key", "clave-1");

        var first = await (await http.SubmitFileAsync("uno"u8.ToArray(), "t.txt", "text/plain")).JsonAsync();
        var second = await (await http.SubmitFileAsync("uno"u8.ToArray(), "t.txt", "text/plain")).JsonAsync();
        var other = await http.SubmitFileAsync("dos"u8.ToArray(), "t.txt", "text/plain");

        Assert.That((long)second["id"]!, Is.EqualTo((long)first["id"]!));
        Assert.That((int)other.StatusCode, Is.EqualTo(422));
    }

    [Test]
    public async Task A_refused_request_does_not_use_up_its_key()
    {
        using var http = App.Service.As(App.NewTenant());
        var key = Guid.NewGuid().ToString();

        Assert.That((int)(await http.SendAsync(Post(key, ""))).StatusCode, Is.EqualTo(422));
        Assert.That((int)(await http.SendAsync(Post(key, "OXXO"))).StatusCode, Is.EqualTo(200));
        Assert.That((int)(await http.SendAsync(Post("con espacio", "OXXO"))).StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task Many_at_once_make_one_ticket()
    {
        using var http = App.Service.As(App.NewTenant());
        var key = Guid.NewGuid().ToString();

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => http.SendAsync(Post(key, "OXXO"))));

        Assert.That(all.Select(r => (int)r.StatusCode), Is.All.AnyOf(200, 409).And.Some.EqualTo(200));
        Assert.That((int)(await http.GetJsonAsync("/invoicing/tickets"))["total"]!, Is.EqualTo(1));
    }
}
