using Invoicing.TestSupport;

namespace Invoicing.Contract.Tests;

/// <summary>http-api.md sections 3 and 4: jobs, their stream, interventions and batches.</summary>
public sealed class V2JobTests
{
    [Test, Walks("POST /invoicing/v2/jobs", "GET /invoicing/v2/jobs/{id}", "GET /invoicing/v2/jobs")]
    public async Task A_job_is_made_for_a_ticket_and_found_again()
    {
        var (ticket, _) = await App.Admin.NewTicketAsync(more: new { auto_process = false });
        var made = (await App.Operator.PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket, priority = "alta", config = new { enable_captcha = true, alternative_urls = new[] { "https://test.com" } } })).Is(200).Has(Shapes.Job);
        Assert.That(((string?)made["priority"], (long?)made["ticket_id"], made.Header("Location")), Is.EqualTo(("alta", ticket, $"/invoicing/v2/jobs/{made["id"]}")));
        (await App.Viewer.GetAsync($"/invoicing/v2/jobs/{made["id"]}")).Is(200).Has(Shapes.Job);
        Assert.That((await App.Viewer.GetAsync($"/invoicing/v2/jobs?ticket_id={ticket}&priority=alta,urgente")).Is(200).Json!.AsArray().Select(j => (long?)j!["id"]), Is.EqualTo(new[] { (long?)made["id"] }));
        (await App.Operator.PostAsync("/invoicing/v2/jobs", new { ticket_id = 99999999 })).Is(404);
        (await App.Operator.PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket, priority = "ya" })).Is(422);
        (await App.Operator.PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket, config = new { alternative_urls = new[] { "http://10.1.1.1/" } } })).Is(422);
        (await App.OtherAdmin.PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket })).Is(404);
        (await App.OtherAdmin.GetAsync($"/invoicing/v2/jobs/{made["id"]}")).Is(404);
        (await App.Viewer.GetAsync("/invoicing/v2/jobs/99999999")).Is(404);
    }

    [Test]
    public async Task The_list_of_jobs_is_paged_and_its_bounds_are_held()
    {
        var (_, admin) = await App.NewTenantAsync();
        var (ticket, _) = await admin.NewTicketAsync(more: new { auto_process = false });
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((long)(await admin.PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket })).Is(200)["id"]!);
        }

        var seen = new List<long>();
        for (var next = "/invoicing/v2/jobs?limit=2"; next is not null;)
        {
            var page = (await admin.GetAsync(next)).Is(200);
            seen.AddRange(page.Json!.AsArray().Select(j => (long)j!["id"]!));
            next = page.Header("Link") is { } link ? link.Split('<', '>')[1] : null;
        }

        Assert.That(seen, Is.EqualTo(ids.AsEnumerable().Reverse()));
        foreach (var bad in (string[])["limit=0", "limit=201", "offset=-1", "limit=abc", "cursor=x", "status=nada", "priority=ya", "ticket_id=uno"])
        {
            (await admin.GetAsync($"/invoicing/v2/jobs?{bad}")).Is(422);
        }
    }

    [Test, Walks("POST /invoicing/v2/jobs/{id}/pause", "POST /invoicing/v2/jobs/{id}/resume", "POST /invoicing/v2/jobs/{id}/cancel", "POST /invoicing/v2/jobs/{id}/retry")]
    public async Task A_waiting_job_is_paused_resumed_cancelled_and_tried_again()
    {
        var (ticket, _) = await App.Admin.NewTicketAsync(more: new { auto_process = false });
        // Scheduled ahead it stays in the queue, whatever its reading says meanwhile.
        var job = (long)(await App.Operator.PostAsync("/invoicing/v2/jobs", new { ticket_id = ticket, scheduled_at = TimeProvider.System.GetUtcNow().AddDays(1), config = new { alternative_urls = new[] { "https://facturas.example.com" } } })).Is(200)["id"]!;
        await App.Admin.JobWhenAsync(job, "en_cola");
        foreach (var _ in (int[])[1, 2])
        {
            await Eventually.TrueAsync(async () => (await App.Operator.PostAsync($"/invoicing/v2/jobs/{job}/pause")).Status == 200, "the job to be in the queue");
            Assert.That((string?)(await App.Viewer.GetAsync($"/invoicing/v2/jobs/{job}")).Is(200)["estado"], Is.EqualTo("pausado"));
        }

        (await App.Operator.PostAsync($"/invoicing/v2/jobs/{job}/resume")).Is(200).Has("status", "job_id");
        (await App.Operator.PostAsync($"/invoicing/v2/jobs/{job}/resume")).Is(200);
        foreach (var _ in (int[])[1, 2])
        {
            Assert.That((string?)(await App.Operator.PostAsync($"/invoicing/v2/jobs/{job}/cancel")).Is(200)["status"], Is.EqualTo("cancelled"));
        }

        (await App.Operator.PostAsync($"/invoicing/v2/jobs/{job}/pause")).Is(409);
        (await App.Operator.PostAsync($"/invoicing/v2/jobs/{job}/resume")).Is(409);
        (await App.Operator.PostAsync($"/invoicing/v2/jobs/{job}/retry")).Is(200);
        foreach (var verb in (string[])["cancel", "pause", "resume", "retry"])
        {
            (await App.Operator.PostAsync($"/invoicing/v2/jobs/99999999/{verb}")).Is(404);
            (await App.OtherAdmin.PostAsync($"/invoicing/v2/jobs/{job}/{verb}")).Is(404);
        }
    }

    [Test, Walks("GET /invoicing/v2/jobs/{id}/steps", "GET /invoicing/v2/jobs/{id}/artifacts", "GET /invoicing/v2/jobs/{id}/artifacts/{artifact_id}")]
    public async Task Steps_and_artefacts_are_lists()
    {
        var (_, job) = await App.Admin.NewTicketAsync();
        Assert.That((await App.Viewer.GetAsync($"/invoicing/v2/jobs/{job}/steps")).Is(200).Json!.AsArray(), Is.Empty);
        Assert.That((await App.Viewer.GetAsync($"/invoicing/v2/jobs/{job}/artifacts")).Is(200).Json!.AsArray(), Is.Empty);
        (await App.Admin.GetAsync($"/invoicing/v2/jobs/{job}/artifacts/shot_1")).Is(404);
        foreach (var part in (string[])["steps", "artifacts", "artifacts/x", "events", "stream"])
        {
            (await App.OtherAdmin.GetAsync($"/invoicing/v2/jobs/{job}/{part}")).Is(404);
            (await App.Viewer.GetAsync($"/invoicing/v2/jobs/99999999/{part}")).Is(404);
        }
    }

    [Test, Walks("GET /invoicing/v2/jobs/{id}/stream", "GET /invoicing/v2/jobs/{id}/events")]
    public async Task A_stream_tells_all_events_once_from_any_point_and_ends()
    {
        var (_, job) = await App.Admin.NewTicketAsync();
        await App.Admin.WaitingJobAsync(job);
        (await App.Operator.PostAsync($"/invoicing/v2/jobs/{job}/cancel")).Is(200);
        var events = (await App.Viewer.GetAsync($"/invoicing/v2/jobs/{job}/events")).Is(200);
        var ids = events.Json!.AsArray().Select(e => (long)e!["id"]!).ToList();
        Assert.That(ids, Is.Ordered.And.Unique.And.Not.Empty);
        events.Has(events.Json[0]!["data"]!, "id", "status", "progress_percentage");

        foreach (var cut in ids.SkipLast(1).Prepend(0))
        {
            using var stream = await App.Viewer.OpenStreamAsync($"/invoicing/v2/jobs/{job}/stream", cut == 0 ? null : $"{cut}");
            var text = await stream.ReadToEndAsync();
            Assert.That(Lines(text, "id: ").Select(l => long.Parse(l, System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo(ids.Where(i => i > cut)));
            Assert.That(Lines(text, "event: ").Last(), Is.EqualTo("complete"));
            Assert.That(Lines(text, "data: ").Count(), Is.EqualTo(2 * ids.Count(i => i > cut)), "named and unnamed");
            Assert.That(text, Does.StartWith("retry: 2000\n"));
        }

        Assert.That((await App.Viewer.GetAsync($"/invoicing/v2/jobs/{job}/events?after={ids[0]}")).Is(200).Json!.AsArray().Select(e => (long)e!["id"]!), Is.EqualTo(ids.Skip(1)));
        (await App.Viewer.GetAsync($"/invoicing/v2/jobs/{job}/stream?last_event_id={ids[^1]}")).Is(204);
        (await App.Viewer.GetAsync($"/invoicing/v2/jobs/{job}/events?after=x")).Is(422);
    }

    [Test]
    public async Task Polling_an_open_job_says_when_to_ask_again()
    {
        var (_, job) = await App.Admin.NewTicketAsync();
        await App.Admin.WaitingJobAsync(job);
        Assert.That((await App.Viewer.GetAsync($"/invoicing/v2/jobs/{job}/events")).Is(200).Header("Retry-After"), Is.EqualTo("5"));
    }

    [Test, Walks("GET /invoicing/v2/interventions", "GET /invoicing/v2/interventions/{id}", "POST /invoicing/v2/interventions/{id}")]
    public async Task A_question_is_answered_once()
    {
        string[] keys = ["id", "job_id", "ticket_id", "company_id", "kind", "prompt", "status", "created_at", "expires_at", "answered_at", "answered_by"];
        var (_, job) = await App.Admin.NewTicketAsync();
        await App.Admin.WaitingJobAsync(job);
        var open = (await App.Viewer.GetAsync($"/invoicing/v2/interventions?job_id={job}")).Is(200);
        var id = (string)open.Json!.AsArray().Single()!["id"]!;
        Assert.That(((string?)open.Json[0]!["kind"], (string?)open.Json[0]!["field"]), Is.EqualTo(("dato", "portal_url")));
        (await App.Viewer.GetAsync($"/invoicing/v2/interventions/{id}")).Is(200).Has(keys);
        (await App.OtherAdmin.GetAsync($"/invoicing/v2/interventions/{id}")).Is(404);
        (await App.Operator.PostAsync($"/invoicing/v2/interventions/{id}", new { action = "answer" })).Is(422);
        (await App.Operator.PostAsync($"/invoicing/v2/interventions/{id}", new { action = "gritar" })).Is(422);
        (await App.Operator.PostAsync($"/invoicing/v2/interventions/{id}", new { action = "answer", value = "http://10.0.0.1/" })).Is(422);
        (await App.OtherAdmin.PostAsync($"/invoicing/v2/interventions/{id}", new { action = "reject" })).Is(404);
        var answered = (await App.Operator.PostAsync($"/invoicing/v2/interventions/{id}", new { action = "answer", value = "https://facturas.example.com" })).Is(200).Has(keys);
        Assert.That(((string?)answered["status"], answered["answered_by"] is not null), Is.EqualTo(("answered", true)));
        (await App.Operator.PostAsync($"/invoicing/v2/interventions/{id}", new { action = "answer", value = "https://facturas.example.com" })).Is(409);
        (await App.Viewer.GetAsync("/invoicing/v2/interventions?status=nada")).Is(422);
        (await App.Viewer.GetAsync("/invoicing/v2/interventions/nada")).Is(404);
    }

    [Test, Walks("GET /invoicing/v2/interventions/{id}/live", "POST /invoicing/v2/interventions/{id}/live/input")]
    public async Task Where_no_page_waits_there_is_nothing_to_look_at_or_to_touch()
    {
        var (_, job) = await App.Admin.NewTicketAsync();
        await App.Admin.WaitingJobAsync(job);
        var live = $"/invoicing/v2/interventions/{(string)(await App.Viewer.GetAsync($"/invoicing/v2/interventions?job_id={job}")).Is(200).Json!.AsArray().Single()!["id"]!}/live";
        Assert.That((string?)(await App.Operator.GetAsync(live)).Is(409)["code"], Is.EqualTo("no_live_page"));
        (await App.OtherAdmin.GetAsync(live)).Is(404);
        (await App.Viewer.GetAsync(live)).Is(403);
        Assert.That((string?)(await App.Operator.PostAsync($"{live}/input", new { kind = "click", x = 1, y = 1 })).Is(409)["code"], Is.EqualTo("no_live_page"));
        (await App.Operator.PostAsync($"{live}/input", new { kind = "click", x = 1 })).Is(422);
        (await App.Operator.PostAsync($"{live}/input", new { kind = "key", key = "F12" })).Is(422);
        (await App.Operator.PostAsync($"{live}/input", new { kind = "text", text = "a\nb" })).Is(422);
        (await App.Viewer.PostAsync($"{live}/input", new { kind = "key", key = "Tab" })).Is(403);
    }

    [Test, Walks("POST /invoicing/v2/bulk", "GET /invoicing/v2/bulk/{batch_id}/status", "POST /invoicing/v2/bulk/{batch_id}/cancel")]
    public async Task A_batch_takes_what_it_can_and_its_counts_agree()
    {
        var ids = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await App.Admin.NewTicketAsync(more: new { auto_process = false })).Ticket);
        }

        var name = $"lote_{Guid.NewGuid():N}";
        var body = new { ticket_ids = (long[])[.. ids, ids[0], 99999999], batch_id = name, priority = "normal", max_concurrent = 3, company_id = App.Company };
        var made = (await App.Operator.PostAsync("/invoicing/v2/bulk", body)).Is(200).Has("batch_id", "total_tickets", "jobs_created", "rejected", "estimated_completion", "status_url");
        Assert.That(((string?)made["batch_id"], (int?)made["total_tickets"], made["jobs_created"]!.AsArray().Count), Is.EqualTo((name, 5, 3)));
        Assert.That(made["rejected"]!.AsArray().Select(r => ((int?)r!["index"], (string?)r["code"])), Is.EqualTo(new (int?, string?)[] { (3, "duplicate_ticket"), (4, "not_found") }));
        var status = (await App.Viewer.GetAsync((string)made["status_url"]!)).Is(200).Has("batch_id", "total_jobs", "completed_jobs", "failed_jobs", "running_jobs", "pending_jobs", "status", "items");
        Assert.That((int)status["completed_jobs"]! + (int)status["failed_jobs"]! + (int)status["running_jobs"]! + (int)status["pending_jobs"]!, Is.EqualTo(3).And.EqualTo((int)status["total_jobs"]!));
        status.Has(status["items"]![0]!, "index", "ticket_id", "job_id", "status", "outcome");
        (await App.Operator.PostAsync("/invoicing/v2/bulk", body)).Is(409);
        (await App.OtherAdmin.GetAsync($"/invoicing/v2/bulk/{name}/status")).Is(404);
        (await App.OtherAdmin.PostAsync($"/invoicing/v2/bulk/{name}/cancel")).Is(404);
        var stopped = (await App.Operator.PostAsync($"/invoicing/v2/bulk/{name}/cancel")).Is(200).Has("batch_id", "total_jobs", "completed_jobs", "failed_jobs", "running_jobs", "pending_jobs", "status", "items", "cancelled_jobs");
        Assert.That(((string?)stopped["status"], (int?)stopped["failed_jobs"], (int?)stopped["pending_jobs"]), Is.EqualTo(("cancelled", 3, 0)));
        (await App.Operator.PostAsync($"/invoicing/v2/bulk/{name}/cancel")).Is(200);
        Assert.That((int?)(await App.Viewer.GetAsync((string)made["status_url"]!)).Is(200)["failed_jobs"], Is.EqualTo(3), "cancelled count as failed");
        foreach (var bad in new object[] { new { }, new { ticket_ids = ids, max_concurrent = 11 }, new { ticket_ids = ids, batch_id = "con espacio" }, new { ticket_ids = ids, notification_webhook = "http://10.0.0.1" }, new { ticket_ids = new long[10_001] } })
        {
            (await App.Operator.PostAsync("/invoicing/v2/bulk", bad)).Is(422);
        }
    }

    [Test, Walks("POST /invoicing/v2/bulk")]
    public async Task A_batch_takes_tickets_in_line()
    {
        var made = (await App.Operator.PostAsync("/invoicing/v2/bulk", new
        {
            tickets = new object[] { new { raw_data = Shapes.Text, tipo = "texto", key = "a" }, new { raw_data = "", tipo = "texto" }, new { raw_data = Shapes.Text, tipo = "texto", max_retries = 99 } },
        })).Is(200);
        Assert.That((made["jobs_created"]!.AsArray().Count, (int?)made["total_tickets"]), Is.EqualTo((1, 3)), made.Text);
        Assert.That(made["rejected"]!.AsArray().Select(r => (int?)r!["index"]), Is.EqualTo(new int?[] { 1, 2 }));
    }

    [Test, Walks("GET /invoicing/v2/bulk")]
    public async Task The_list_of_batches_is_paged_and_filtered_and_a_tenant_s_own()
    {
        var (_, admin) = await App.NewTenantAsync();
        var (ticket, _) = await admin.NewTicketAsync(more: new { auto_process = false });
        foreach (var name in (string[])["enero", "febrero", "marzo"])
        {
            (await admin.PostAsync("/invoicing/v2/bulk", new { ticket_ids = new[] { ticket }, batch_id = name })).Is(200);
        }

        (await admin.PostAsync("/invoicing/v2/bulk/enero/cancel")).Is(200);
        var first = (await admin.GetAsync("/invoicing/v2/bulk?limit=2")).Is(200);
        first.Has(first.Json![0]!, "batch_id", "company_id", "total_jobs", "completed_jobs", "failed_jobs", "status", "created_at", "updated_at", "status_url");
        Assert.That((Names(first), first.Header("X-Total-Count")), Is.EqualTo(("marzo,febrero", "3")));
        var rest = (await admin.GetAsync(first.Header("Link")!.Split('<', '>')[1])).Is(200);
        Assert.That(((string?)rest.Json![0]!["batch_id"], (int?)rest.Json[0]!["failed_jobs"], (string?)rest.Json[0]!["status"], rest.Header("Link")), Is.EqualTo(("enero", 1, "cancelled", (string?)null)));
        Assert.That(Names((await admin.GetAsync("/invoicing/v2/bulk?status=cancelled,completed")).Is(200)), Is.EqualTo("enero"));
        Assert.That(Names((await App.OtherAdmin.GetAsync("/invoicing/v2/bulk?limit=200")).Is(200)), Does.Not.Contain("febrero"));
        foreach (var bad in (string[])["limit=0", "limit=201", "offset=-1", "cursor=x", "status=nada"])
        {
            (await admin.GetAsync($"/invoicing/v2/bulk?{bad}")).Is(422);
        }

        static string Names(Answer list) => string.Join(',', list.Json!.AsArray().Select(b => (string?)b!["batch_id"]));
    }

    private static IEnumerable<string> Lines(string text, string prefix) => text.Split('\n').Where(l => l.StartsWith(prefix, StringComparison.Ordinal)).Select(l => l[prefix.Length..]);
}
