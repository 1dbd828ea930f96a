using System.Net.Http.Json;

namespace Invoicing.Gateway.Tests;

/// <summary>What every answer carries.</summary>
public sealed class HeaderTests
{
    [TestCase("/invoicing/tickets")]
    [TestCase("/invoicing/v2/jobs")]
    [TestCase("/invoicing/unknown")]
    [TestCase("/health")]
    [TestCase("/static/index.html")]
    [TestCase("/openapi/v2.json")]
    [TestCase("/docs")]
    public async Task An_answer_is_traced_and_guarded(string path)
    {
        using var http = App.Client(App.Key);
        http.DefaultRequestHeaders.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        using var answer = await http.GetAsync(path);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Header("X-Request-Id"), Is.EqualTo("4bf92f3577b34da6a3ce929d0e0e4736"));
            Assert.That(answer.Header("traceparent"), Does.StartWith("00-4bf92f3577b34da6a3ce929d0e0e4736-"));
            Assert.That(answer.Header("X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(answer.Header("X-Frame-Options"), Is.EqualTo("DENY"));
            Assert.That(answer.Header("Referrer-Policy"), Is.EqualTo("no-referrer"));
            Assert.That(answer.Header("Content-Security-Policy"), Does.Contain("frame-ancestors 'none'"));
            Assert.That(answer.Header("Server"), Is.Null);
        });
        if (path.StartsWith("/invoicing", StringComparison.Ordinal))
        {
            Assert.That(answer.Header("X-Automation-Mode"), Is.EqualTo("enhanced"));
            Assert.That(answer.Header("X-Processing-Time"), Does.Match(@"^\d+$"));
            Assert.That(answer.Header("Cache-Control"), Does.Contain("no-store"));
        }
    }

    [Test]
    public async Task The_trace_goes_on_to_the_service_and_is_made_where_none_came()
    {
        using var http = App.Client(gateway: "gateway-2");
        using var answer = await http.GetAsync("/invoicing/tickets");
        Assert.That(answer.Header("X-Request-Id"), Does.Match("^[0-9a-f]{32}$"));
        Assert.That((string?)(await answer.JsonAsync())["headers"]!["traceparent"], Does.Contain(answer.Header("X-Request-Id")));
    }

    [Test]
    public async Task The_tenant_s_rollout_decides_the_automation_mode()
    {
        var company = App.NewCompany();
        using var admin = App.Admin();
        using var set = await admin.PutAsJsonAsync($"/invoicing/v2/tenants/{company}/features/enhanced_automation", new { enabled = false });
        Assert.That((int)set.StatusCode, Is.EqualTo(200));
        using var http = App.Client((await App.KeyAsync(company)).Secret);
        Assert.That((await http.GetAsync("/invoicing/tickets")).Header("X-Automation-Mode"), Is.EqualTo("legacy"));
        using var local = App.Client(gateway: "gateway-2");
        Assert.That((await local.GetAsync($"/invoicing/tickets?company_id={company}")).Header("X-Automation-Mode"), Is.EqualTo("legacy"));
    }

    [TestCase(App.Origin, true)]
    [TestCase("https://evil.example", false)]
    public async Task Only_listed_origins_may_call_from_a_page(string origin, bool allowed)
    {
        using var http = App.Client(App.Key);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/invoicing/v2/tickets");
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,idempotency-key");
        using var asked = await http.SendAsync(preflight);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/invoicing/tickets");
        request.Headers.Add("Origin", origin);
        using var answer = await http.SendAsync(request);

        foreach (var told in new[] { asked, answer })
        {
            Assert.That(told.Header("Access-Control-Allow-Origin"), Is.EqualTo(allowed ? origin : null));
            Assert.That(told.Header("Access-Control-Allow-Credentials"), Is.Null);
        }
    }
}
