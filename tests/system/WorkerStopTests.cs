using System.Diagnostics;
using Invoicing.TestSupport;
using Npgsql;

namespace Invoicing.SystemTests;

/// <summary>A browser that is told to stop: by who cancels its job, and by who ends its process. What it took is printed, not judged.</summary>
[NonParallelizable]
public sealed class WorkerStopTests
{
    private LocalSystem system = null!;
    private TicketDesk desk = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => desk = new TicketDesk(system = await LocalSystem.StartAsync());

    [OneTimeTearDown]
    public async Task StopAsync() => await (system?.DisposeAsync() ?? ValueTask.CompletedTask);

    /// <summary>The job is closed by its worker's last word, said when the context is closed; a worker that did not hear would say none.</summary>
    [Test]
    public async Task Cancelling_reaches_the_browser_and_bills_what_it_used()
    {
        var (_, job) = await RunningAsync();
        var started = Stopwatch.GetTimestamp();
        using var answer = await system.Gateway.PostAsync(new Uri($"/invoicing/v2/jobs/{job}/cancel", UriKind.Relative), null);
        Assert.That(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await Eventually.TrueAsync(async () => await ReadAsync($"SELECT phase FROM automation_jobs WHERE id = {job}") is "closed", "the worker's last word", seconds: 40);
        await TestContext.Progress.WriteLineAsync($"cancel to closed context: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ReadAsync($"SELECT usage->>'Attempts' FROM automation_jobs WHERE id = {job}"), Is.EqualTo("1"), "the worker spoke, not the lease's end");
            Assert.That((await desk.JobAsync(job)).GetProperty("status").GetString(), Is.EqualTo("cancelado"));
        }
    }

    [Test]
    public async Task A_worker_told_to_end_gives_its_job_back_and_no_attempt_is_burnt()
    {
        var (sold, job) = await RunningAsync();
        var started = Stopwatch.GetTimestamp();
        await system["browser-automation"].EndAsync();
        await TestContext.Progress.WriteLineAsync($"SIGTERM to the end of the process: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s");
        // The worker has said it; jobs hears it a moment later.
        string? given = null;
        await Eventually.TrueAsync(async () =>
        {
            given = await ReadAsync($"SELECT phase || ' ' || retry_count || ' ' || lost_leases FROM automation_jobs WHERE id = {job}");
            return given?.StartsWith("running", StringComparison.Ordinal) == false;
        }, "the job given back");
        system["browser-automation"].Start();
        await system["browser-automation"].WaitUntilHealthyAsync();
        await desk.CompletedAsync(job, seconds: 180);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(given, Is.EqualTo("queued 0 0").Or.EqualTo("dispatched 0 0"));
            Assert.That(await desk.EmissionsAsync(sold), Has.Count.EqualTo(1));
        }
    }

    private async Task<(System.Text.Json.JsonElement Sold, long Job)> RunningAsync()
    {
        var sold = await desk.SellAsync("simple");
        await desk.FaultAsync("simple", "slow:3", sold);
        var job = await desk.SubmitTextAsync(sold);
        await desk.StatusAsync(job, "navegando", "llenando_formulario");
        return (sold, job);
    }

    private async Task<string?> ReadAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(system.Databases["jobs"]);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() as string;
    }
}
