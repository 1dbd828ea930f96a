using System.Net.Http.Json;
using System.Text.Json;
using Invoicing.TestSupport;

namespace Invoicing.SystemTests;

/// <summary>The main job end to end, and what a killed worker may not break: exactly one emission, never a lost ticket.</summary>
[NonParallelizable]
public sealed class MainPathTests
{
    private LocalSystem system = null!;
    private TicketDesk desk = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => desk = new TicketDesk(system = await LocalSystem.StartAsync());

    [OneTimeTearDown]
    public async Task StopAsync() => await (system?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Test]
    public async Task A_photograph_becomes_a_verified_cfdi()
    {
        var sold = await desk.SellAsync("simple");
        var image = await system.Portals.GetByteArrayAsync(sold.GetProperty("image").GetString());
        var job = await desk.SubmitImageAsync(image);

        var ticket = await desk.CompletedAsync(job);

        var invoice = ticket.GetProperty("invoice");
        Assert.That(invoice.GetProperty("validation").GetProperty("valid").GetBoolean(), Is.True);
        Assert.That(invoice.GetProperty("total").GetDecimal(), Is.EqualTo(sold.GetProperty("total").GetDecimal()));
        var xml = await system.Gateway.GetStringAsync(invoice.GetProperty("xml_url").GetString());
        Assert.That(xml, Does.Contain(invoice.GetProperty("uuid").GetString()).IgnoreCase);
        Assert.That(await desk.EmissionsAsync(sold), Has.Count.EqualTo(1));
        Assert.That(ticket.GetProperty("automation_steps").GetArrayLength(), Is.GreaterThan(3));
    }

    [TestCase("simple")]
    [TestCase("litro-mil")]
    public async Task A_typed_ticket_becomes_a_verified_cfdi(string portal)
    {
        var sold = await desk.SellAsync(portal);
        await desk.CompletedAsync(await desk.SubmitTextAsync(sold));
        Assert.That(await desk.EmissionsAsync(sold), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Every_metric_that_a_dashboard_or_an_alert_names_is_scraped_and_none_by_the_public_port()
    {
        var sold = await desk.SellAsync("simple");
        await FallenPortalAsync();
        await desk.CompletedAsync(await desk.SubmitTextAsync(sold));

        string[] missing = [];
        await Eventually.TrueAsync(async () =>
        {
            var scraped = string.Concat(await Task.WhenAll(SystemPlan.Everything.Select(s => system[s].ScrapeAsync())));
            missing = [.. DeployedMetrics.Named().Where(n => !scraped.Contains($"\n{n}{{", StringComparison.Ordinal) && !scraped.Contains($"\n{n} ", StringComparison.Ordinal))];
            return missing.Length == 0;
        }, () => $"no metric missing: {string.Join(", ", missing)}");
        Assert.That(DeployedMetrics.Named(), Has.Count.GreaterThan(25));
        Assert.That(await ReaderQueueAsync(), Is.True, "the queue that KEDA looks at");
        foreach (var path in (string[])["/metrics", "/scale"])
        {
            using var answer = await system.Gateway.GetAsync(new Uri(path, UriKind.Relative));
            Assert.That(answer.StatusCode, Is.EqualTo(System.Net.HttpStatusCode.NotFound), path);
        }
    }

    [Test]
    public async Task A_captcha_is_answered_by_a_person_and_the_same_page_goes_on()
    {
        var sold = await desk.SellAsync("oxxo-test");
        var job = await desk.SubmitTextAsync(sold);
        await desk.AnswerCaptchasUntilClosedAsync(job);
        await desk.CompletedAsync(job);
        Assert.That(await desk.EmissionsAsync(sold), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_page_that_waits_is_seen_and_moved_through_the_gateway()
    {
        var job = await desk.SubmitTextAsync(await desk.SellAsync("oxxo-test"));
        await desk.StatusAsync(job, "requiere_intervencion");
        var asked = (await system.Gateway.GetFromJsonAsync<JsonElement[]>($"/invoicing/v2/interventions?job_id={job}"))!.Single().GetProperty("id").GetString();
        var live = $"/invoicing/v2/interventions/{asked}/live";
        using var picture = await system.Gateway.GetAsync(new Uri(live, UriKind.Relative));
        Assert.That((int)picture.StatusCode, Is.EqualTo(200), await picture.Content.ReadAsStringAsync());
        var jpeg = await picture.Content.ReadAsByteArrayAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, live) { Headers = { IfNoneMatch = { picture.Headers.ETag! } } };
        using var again = await system.Gateway.SendAsync(request);
        using var moved = await system.Gateway.PostAsJsonAsync($"{live}/input", new { kind = "scroll", delta_y = 120 });
        using var rejected = await system.Gateway.PostAsJsonAsync($"/invoicing/v2/interventions/{asked}", new { action = "reject" });
        using var over = await system.Gateway.GetAsync(new Uri(live, UriKind.Relative));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(jpeg.AsSpan(0, 3).ToArray(), Is.EqualTo(new byte[] { 0xFF, 0xD8, 0xFF }));
            Assert.That((int)again.StatusCode, Is.EqualTo(304));
            Assert.That((int)moved.StatusCode, Is.EqualTo(200), await moved.Content.ReadAsStringAsync());
            Assert.That((int)over.StatusCode, Is.EqualTo(410));
        }
    }

    [Test]
    public async Task A_worker_killed_in_mid_attempt_loses_nothing()
    {
        var sold = await desk.SellAsync("simple");
        await desk.FaultAsync("simple", "slow:3", sold);
        var job = await desk.SubmitTextAsync(sold);
        await desk.StatusAsync(job, "navegando", "llenando_formulario");
        await RestartWorkerAsync();
        await desk.CompletedAsync(job, seconds: 180);
        Assert.That(await desk.EmissionsAsync(sold), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_worker_killed_right_after_the_emitting_click_is_recovered_by_consulting()
    {
        var sold = await desk.SellAsync("simple");
        var job = await desk.SubmitTextAsync(sold);
        await Eventually.TrueAsync(async () => (await desk.EmissionsAsync(sold)).Count == 1, "the emission", seconds: 90);
        await RestartWorkerAsync();
        await desk.CompletedAsync(job, seconds: 180);
        Assert.That(await desk.EmissionsAsync(sold), Has.Count.EqualTo(1), "consulted, not emitted again");
    }

    [Test]
    public async Task A_lost_answer_after_emission_is_recovered_by_consulting()
    {
        var sold = await desk.SellAsync("simple");
        await desk.FaultAsync("simple", "lost_response", sold);
        await desk.CompletedAsync(await desk.SubmitTextAsync(sold), seconds: 180);
        Assert.That(await desk.EmissionsAsync(sold), Has.Count.EqualTo(1));
    }

    [TestCase("not_found", "ticket_no_encontrado")]
    [TestCase("expired", "fuera_de_plazo")]
    [TestCase("already:other_rfc", "ya_facturada_otro_rfc")]
    [TestCase("sat_reject:nombre", "receptor_rechazado")]
    public async Task A_portal_that_says_no_ends_with_its_reason(string fault, string outcome)
    {
        var sold = await desk.SellAsync("simple");
        await desk.FaultAsync("simple", fault, sold);
        var job = await desk.SubmitTextAsync(sold);
        var closed = await desk.StatusAsync(job, "fallido", "requiere_intervencion");
        Assert.That(closed.GetProperty("outcome").GetString(), Is.EqualTo(outcome));
        Assert.That(closed.GetProperty("outcome_detail").GetString(), Is.Not.Empty);
    }

    private async Task<bool> ReaderQueueAsync()
    {
        var chart = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy/helm/invoicing/values.yaml"));
        return (await Servers.QueuesAsync(system.Broker)).Any(q => chart.Contains($"queue: {q.Name}\n", StringComparison.Ordinal));
    }

    private async Task FallenPortalAsync()
    {
        await using var jobs = new Npgsql.NpgsqlConnection(system.Databases["jobs"]);
        await jobs.OpenAsync();
        await using var fallen = new Npgsql.NpgsqlCommand("INSERT INTO portals (host, failures, attempts, open_until) VALUES ('fallen.example:443', 5, 5, now() + interval '1 hour')", jobs);
        await fallen.ExecuteNonQueryAsync();
    }

    private async Task RestartWorkerAsync()
    {
        system["browser-automation"].Kill();
        system["browser-automation"].Start();
        await system["browser-automation"].WaitUntilHealthyAsync();
    }
}
