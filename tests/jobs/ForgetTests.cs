using System.Formats.Tar;
using System.Text.Json;
using Invoicing.Messages;
using Invoicing.TestSupport;

namespace Invoicing.Jobs.Tests;

/// <summary>A company's jobs are handed over whole, and forgotten whole.</summary>
public sealed class ForgetTests
{
    private JobsApp app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => app = await JobsApp.StartAsync(more: new() { ["Retention:Settle"] = "00:00:00.500" });

    [OneTimeTearDown]
    public async Task StopAsync() => await (app?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Test]
    public async Task An_erasure_cancels_what_is_open_and_leaves_nothing_of_the_company_and_all_of_the_others()
    {
        var (company, other) = ($"erased_{Guid.NewGuid():N}", $"kept_{Guid.NewGuid():N}");
        var mine = await app.SubmitAsync(company);
        var theirs = await app.SubmitAsync(other);
        await app.WhenAsync(mine.Job, "en_cola");
        await app.WhenAsync(theirs.Job, "en_cola");
        var now = TimeProvider.System.GetUtcNow();
        var asked = new ForgetData(Guid.NewGuid().ToString(), company, now, true, now);
        var id = Guid.NewGuid();
        await app.Bus.SayAsync(asked, id);
        await app.Bus.SayAsync(asked, id);
        await EndOfAsync(asked);
        // What was on its way then and comes now is the company's of before.
        await app.Bus.SayAsync(JobsApp.Submitted(mine.Ticket, company, mine.Job) with { SubmittedAt = now.AddSeconds(-1) });
        await Eventually.TrueAsync(async () => await app.QueryAsync<long>($"SELECT count(*) FROM tickets WHERE id = {mine.Ticket}") == 1, "a late message");
        var again = asked with { ErasureId = Guid.NewGuid().ToString() };
        await app.Bus.SayAsync(again);
        await EndOfAsync(again);
        foreach (var table in (string[])["tickets", "automation_jobs", "automation_logs", "job_events", "interventions", "webhook_deliveries"])
        {
            Assert.That(await app.QueryAsync<long>($"SELECT count(*) FROM {table} WHERE company_id = '{company}'"), Is.Zero, table);
        }

        Assert.That(await app.QueryAsync<long>($"SELECT count(*) FROM automation_jobs WHERE company_id = '{other}'"), Is.EqualTo(1));
        Assert.That(app.Bus.Heard<JobsForgotten>().Where(f => f.ErasureId == asked.ErasureId).Sum(f => f.Jobs), Is.EqualTo(1));
        Assert.That(app.Bus.Heard<JobClosed>().Count(c => c.JobId == mine.Job), Is.GreaterThanOrEqualTo(1), "billing heard of it");
    }

    [Test]
    public async Task A_retention_time_leaves_open_jobs_and_younger_ones()
    {
        var company = $"old_{Guid.NewGuid():N}";
        var open = await app.SubmitAsync(company);
        var closed = await app.SubmitAsync(company);
        await app.WhenAsync(open.Job, "en_cola");
        await app.WhenAsync(closed.Job, "en_cola");
        using var http = app.As(company);
        (await http.PostAsync($"/invoicing/v2/jobs/{closed.Job}/cancel", null)).EnsureSuccessStatusCode();
        var now = TimeProvider.System.GetUtcNow();
        var tooEarly = new ForgetData(null, company, now.AddDays(-30), false, now);
        await app.Bus.SayAsync(tooEarly);
        await EndOfAsync(tooEarly);
        Assert.That(await app.QueryAsync<long>($"SELECT count(*) FROM tickets WHERE company_id = '{company}'"), Is.EqualTo(2));
        var due = new ForgetData(null, company, now, false, now);
        await app.Bus.SayAsync(due);
        await EndOfAsync(due);
        Assert.That(await app.QueryAsync<long>($"SELECT id FROM tickets WHERE company_id = '{company}'"), Is.EqualTo(open.Ticket));
    }

    [Test]
    public async Task An_export_holds_the_company_s_jobs_and_nobody_else_s()
    {
        var (company, other) = ($"taken_{Guid.NewGuid():N}", $"left_{Guid.NewGuid():N}");
        var mine = await app.SubmitAsync(company);
        await app.WhenAsync(mine.Job, "en_cola");
        await app.WhenAsync((await app.SubmitAsync(other)).Job, "en_cola");
        using var service = app.Service.AsService("tenant-config");
        await using var tar = new TarReader(await service.GetStreamAsync($"/internal/tenants/{company}/export"));
        var rows = new Dictionary<string, string>();
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            // An empty file has no stream.
            rows[entry.Name] = entry.DataStream is { } data ? await new StreamReader(data).ReadToEndAsync() : "";
        }

        Assert.That(rows.Keys, Is.EqualTo(new[] { "jobs/0001.ndjson", "steps/0001.ndjson", "interventions/0001.ndjson" }));
        var job = JsonDocument.Parse(rows["jobs/0001.ndjson"].Split('\n').Single(l => l.Length > 0)).RootElement;
        Assert.That((job.GetProperty("id").GetInt64(), job.GetProperty("company_id").GetString()), Is.EqualTo((mine.Job, company)));
        using var user = app.As(company, Role.admin);
        Assert.That((int)(await user.GetAsync($"/internal/tenants/{company}/export")).StatusCode, Is.EqualTo(403));
    }

    private Task<JobsForgotten> EndOfAsync(ForgetData asked) =>
        app.Bus.WaitForAsync<JobsForgotten>(f => !f.More && f.CompanyId == asked.CompanyId && f.ErasureId == asked.ErasureId && f.Before == asked.Before);
}
