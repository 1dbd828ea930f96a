using System.Net;
using Invoicing.Messages;

namespace Invoicing.Tickets.Tests;

public sealed class EnhancedTicketTests
{
    [Test]
    public async Task The_answer_holds_every_v1_key_and_is_queued()
    {
        using var http = App.Service.As(App.NewTenant());

        var ticket = await http.PostOkAsync("/invoicing/v2/tickets", new
        {
            raw_data = "test ticket", tipo = "texto", auto_process = true, priority = "alta", alternative_urls = new[] { "https://test1.com", "https://test2.com" },
            enable_captcha_solving = false, max_retries = 5, timeout_seconds = 600,
        });

        Assert.That(((string?)ticket["status"], (string?)ticket["automation_status"], (string?)ticket["priority"]), Is.EqualTo(("queued", "en_cola", "alta")));
        var v1 = await http.GetJsonAsync($"/invoicing/tickets/{ticket["id"]}");
        Assert.That(ticket.AsObject().Select(p => p.Key), Is.SupersetOf(v1.AsObject().Select(p => p.Key)));
        var said = await App.Bus.WaitForAsync<TicketSubmitted>(m => m.TicketId == (long)ticket["id"]!);
        Assert.That((said.Priority, said.MaxRetries, said.TimeoutSeconds, said.CaptchaSolving, said.AlternativeUrls.Count), Is.EqualTo(("alta", 5, 600, false, 2)));
    }

    [Test]
    public async Task Without_auto_process_there_is_no_job_but_it_is_read()
    {
        using var http = App.Service.As(App.NewTenant());
        var ticket = await http.PostOkAsync("/invoicing/v2/tickets", new { raw_data = "OXXO\nTOTAL: $125.50", tipo = "texto", auto_process = false });

        Assert.That(((string?)ticket["status"], (long?)ticket["automation_job_id"]), Is.EqualTo(("created", (long?)null)));
        var read = await http.UntilAsync((long)ticket["id"]!, t => t["extracted_fields"]!["total"] is not null);
        Assert.That((string?)read["extracted_fields"]!["total"], Is.EqualTo("125.50"));
    }

    [Test]
    public async Task What_the_jobs_service_shows_is_passed_on()
    {
        using var http = App.Service.As(App.NewTenant());
        var id = await http.SubmitTextAsync("OXXO TOTAL: $1.00");

        var ticket = await http.GetJsonAsync($"/invoicing/v2/tickets/{id}");

        Assert.That((long)ticket["jobs"]![0]!["id"]!, Is.EqualTo(id * 2));
        Assert.That(((string?)ticket["llm_reasoning"], (int?)ticket["automation_summary"]!["total_steps"]), Is.EqualTo(("porque sí", 1)));
    }

    [Test]
    public async Task A_form_says_the_same_as_JSON()
    {
        using var http = App.Service.As(App.NewTenant());

        var answer = await http.SubmitFileAsync(
            "OXXO\nTOTAL: $9.00"u8.ToArray(), "t.txt", "text/plain", "/invoicing/v2/tickets", ("priority", "urgente"), ("max_retries", "1"), ("alternative_urls", "https://a.mx, https://b.mx"),
            ("portal_fields", """{"total":"$1,234.5","fecha":"18/08/2025"}"""));

        var id = (long)(await answer.EnsureSuccessStatusCode().JsonAsync())["id"]!;
        var said = await App.Bus.WaitForAsync<TicketSubmitted>(m => m.TicketId == id);
        Assert.That((said.Priority, said.MaxRetries, said.AlternativeUrls.Count), Is.EqualTo(("urgente", 1, 2)));
        Assert.That((said.PortalFields["total"], said.PortalFields["fecha"]), Is.EqualTo(("1234.50", "2025-08-18")));
        using var coded = new FormUrlEncodedContent([new("raw_data", Convert.ToBase64String("fake_image"u8)), new("tipo", "imagen")]);
        var image = await (await http.PostAsync("/invoicing/v2/tickets", coded)).JsonAsync();
        Assert.That((string?)image["tipo"], Is.EqualTo("imagen"), image.ToJsonString());
        Assert.That((int)(await http.SubmitFileAsync("x"u8.ToArray(), "t.txt", "text/plain", "/invoicing/v2/tickets", ("max_retries", "muchos"))).StatusCode, Is.EqualTo(422));
    }

    [Test]
    public async Task Pages_follow_one_another_without_gap_or_repeat()
    {
        using var http = App.Service.As(App.NewTenant());
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, await http.SubmitTextAsync($"ticket {i}"));
        }

        var seen = new List<long>();
        for (var next = "/invoicing/v2/tickets?limit=2"; next is not null;)
        {
            var response = await http.GetAsync(next);
            Assert.That(response.Headers.GetValues("X-Total-Count").Single(), Is.EqualTo("5"));
            seen.AddRange((await response.JsonAsync()).AsArray().Select(t => (long)t!["id"]!));
            next = response.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }

        Assert.That(seen, Is.EqualTo(ids));
        Assert.That((await http.GetJsonAsync("/invoicing/v2/tickets?limit=2&offset=3")).AsArray().Select(t => (long)t!["id"]!), Is.EqualTo(ids.Skip(3)));
        foreach (var bad in new[] { "limit=0", "limit=201", "offset=-1", "cursor=%21", "status=inventado" })
        {
            Assert.That((int)(await http.GetAsync($"/invoicing/v2/tickets?{bad}")).StatusCode, Is.EqualTo(422), bad);
        }
    }

    [Test]
    public async Task The_v1_list_counts_all_that_match_and_knows_old_words()
    {
        using var http = App.Service.As(App.NewTenant());
        for (var i = 0; i < 3; i++)
        {
            await http.SubmitTextAsync($"ticket {i}");
        }

        var list = await http.GetJsonAsync("/invoicing/tickets?limit=2&offset=1");
        Assert.That(((int)list["total"]!, list["tickets"]!.AsArray().Count, (int)list["filters"]!["limit"]!), Is.EqualTo((3, 2, 2)));
        Assert.That((int)(await http.GetJsonAsync("/invoicing/tickets?estado=procesado"))["total"]!, Is.Zero);
        Assert.That((int)(await http.GetJsonAsync("/invoicing/tickets?estado=pendiente&limit=-5"))["total"]!, Is.EqualTo(3));
        Assert.That((int)(await http.GetJsonAsync("/invoicing/stats"))["stats"]!["total_tickets"]!, Is.EqualTo(3));
    }

    [Test]
    public async Task The_day_is_over_for_a_tenant_that_prefers_a_refusal()
    {
        var tenant = App.NewTenant();
        App.Neighbours.Has(Neighbours.Default(tenant) with { MaxDailyJobs = 1, DailyLimitPolicy = "reject" });
        using var http = App.Service.As(tenant);
        await http.SubmitTextAsync("uno");
        using var form = new FormUrlEncodedContent([new("text_content", "dos")]);

        var refused = await http.PostAsync("/invoicing/tickets", form);

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That((string?)(await refused.JsonAsync())["code"], Is.EqualTo("daily_quota_exceeded"));
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(TimeSpan.FromHours(25)));
    }
}
