using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

public sealed class LivePageTests
{
    private const string Address = "http://10.1.2.3:8080";
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task Start() => app = await JobsApp.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    [TearDown]
    public async Task Clear() => await app.ClearAsync();

    [Test]
    public async Task The_picture_comes_from_the_worker_that_keeps_the_page()
    {
        var id = await AskedAsync();
        app.Pages.Answer = request => request.Headers.IfNoneMatch.Count > 0 ? new HttpResponseMessage(HttpStatusCode.NotModified) { Headers = { ETag = new("\"a1\"") } } : Picture();
        using var client = app.As("acme");
        using var picture = await client.GetAsync(Live(id));
        client.DefaultRequestHeaders.IfNoneMatch.Add(picture.Headers.ETag!);
        using var again = await client.GetAsync(Live(id));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((picture.StatusCode, picture.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.OK, "image/jpeg")));
            Assert.That(picture.Headers.CacheControl!.NoStore);
            Assert.That(picture.Headers.GetValues("X-Live-Page"), Is.EqualTo(new[] { "https://portal.example.com/captura" }));
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That(app.Pages.Asked, Has.All.StartsWith($"GET {Address}/internal/live/{id}?company_id=acme"));
        }
    }

    [Test]
    public async Task A_person_s_input_reaches_it_with_who_did_it_and_a_refusal_says_why()
    {
        var id = await AskedAsync();
        app.Pages.Answer = _ => Json(new { page = "https://portal.example.com/captura" });
        using var client = app.As("acme");
        using var done = await client.PostAsJsonAsync($"{Live(id)}/input", new { kind = "click", x = 10, y = 20 });
        app.Pages.Answer = _ => Json(new { code = "emission_refused", detail = "El portal muestra otro RFC." });
        using var refused = await client.PostAsJsonAsync($"{Live(id)}/input", new { kind = "key", key = "Enter" });
        app.Pages.Answer = _ => throw new HttpRequestException("gone");
        using var away = await client.PostAsJsonAsync($"{Live(id)}/input", new { kind = "key", key = "Tab" });
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await done.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("performed").GetBoolean());
            Assert.That(app.Pages.Asked.First(), Does.StartWith($"POST {Address}/internal/live/{id}/input?company_id=acme").And.Contain("\"by\":\"test-operator\""));
            Assert.That((refused.StatusCode, await CodeAsync(refused)), Is.EqualTo((HttpStatusCode.Conflict, "emission_refused")));
            Assert.That((away.StatusCode, await CodeAsync(away)), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "worker_unreachable")));
        }
    }

    [Test]
    public async Task It_ends_with_the_answer_and_is_nobody_else_s()
    {
        var id = await AskedAsync();
        app.Pages.Answer = _ => Picture();
        Assert.That(await StatusAsync(id, app.As("other")), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await StatusAsync(id, app.As("acme", Role.viewer)), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(app.Pages.Asked, Is.Empty, "no worker heard of it");
        Assert.That(await StatusAsync(id, app.As("acme")), Is.EqualTo(HttpStatusCode.OK));
        using var client = app.As("acme");
        using var answer = await client.PostAsJsonAsync($"/invoicing/v2/interventions/{id}", new { action = "approve" });
        Assert.That(await StatusAsync(id, app.As("acme")), Is.EqualTo(HttpStatusCode.Gone));
    }

    [Test]
    public async Task Where_the_worker_has_no_such_page_it_is_over_and_where_none_waits_there_is_none()
    {
        var id = await AskedAsync();
        app.Pages.Answer = _ => new HttpResponseMessage(HttpStatusCode.NotFound);
        Assert.That(await StatusAsync(id, app.As("acme")), Is.EqualTo(HttpStatusCode.Gone));
        var (ticket, job) = await app.SubmitAsync("acme", read: false);
        await app.Bus.SayAsync(JobsApp.Reading(ticket, "acme", portal: null));
        await app.WhenAsync(job, "requiere_intervencion");
        using var client = app.As("acme");
        var asked = (await client.GetFromJsonAsync<JsonElement[]>($"/invoicing/v2/interventions?job_id={job}"))!.Single().GetProperty("id").GetString()!;
        Assert.That(await StatusAsync(asked, app.As("acme")), Is.EqualTo(HttpStatusCode.Conflict));
    }

    [TestCase(null, "::ffff:10.0.0.7", 8080, "http://10.0.0.7:8080")]
    [TestCase(null, "fd00::7", 8080, "http://[fd00::7]:8080")]
    [TestCase(null, "10.0.0.7", null, null)]
    [TestCase("http://worker-3.workers:8105/x?y", "10.0.0.7", 8080, "http://worker-3.workers:8105")]
    [TestCase("file:///etc/passwd", "10.0.0.7", 8080, null)]
    [TestCase("http://user:pass@host", "10.0.0.7", 8080, null)]
    public void A_worker_is_called_where_its_report_came_from(string? named, string from, int? port, string? address) =>
        Assert.That(LiveWorkers.AddressOf(named, IPAddress.Parse(from), port), Is.EqualTo(address));

    private async Task<string> AskedAsync()
    {
        app.Pages.Asked.Clear();
        var (_, job) = await app.SubmitAsync("acme");
        await app.Worker.OfferAsync(1, address: Address);
        await app.Worker.AskAsync(await app.Worker.TakeAsync(job), $"i-{job}");
        await app.WhenAsync(job, "requiere_intervencion");
        return $"i-{job}";
    }

    private static async Task<HttpStatusCode> StatusAsync(string id, HttpClient client)
    {
        using (client)
        {
            using var answer = await client.GetAsync(Live(id));
            return answer.StatusCode;
        }
    }

    private static Uri Live(string id) => new($"/invoicing/v2/interventions/{id}/live", UriKind.Relative);

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    private static HttpResponseMessage Json(object answer) => new(HttpStatusCode.OK) { Content = JsonContent.Create(answer) };

    private static HttpResponseMessage Picture()
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([0xFF, 0xD8, 0xFF]), Headers = { ETag = new EntityTagHeaderValue("\"a1\"") } };
        answer.Headers.Add("X-Live-Page", "https://portal.example.com/captura");
        return answer;
    }
}
