using System.Collections.Concurrent;
using System.Diagnostics;
using Invoicing.BrowserAutomation.Tests.Bench;
using Invoicing.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>Pages that ruin their browser: the attempt ends with a word, and the next ticket is invoiced.</summary>
[TestFixture, NonParallelizable]
public sealed class BrowserCrashTests
{
    private PortalTown town;
    private WorkerBench worker;

    [OneTimeSetUp]
    public async Task Open()
    {
        town = await PortalTown.StartAsync();
        worker = await WorkerBench.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await worker.DisposeAsync();
        await town.DisposeAsync();
    }

    [TestCase("<script>onload = () => setTimeout(() => { while (true) { } }, 0)</script>" + Form, "a script without end")]
    [TestCase("<script>setInterval(() => { for (let i = 0; i < 200; i++) window.open('/?' + Math.random()); }, 50)</script>" + Form, "a storm of windows")]
    [TestCase("<script>addEventListener('beforeunload', e => { e.preventDefault(); e.returnValue = 'x'; }); onload = () => setTimeout(() => { while (true) alert('Facture aquí'); }, 0)</script>" + Form, "dialogs without end")]
    [TestCase("<script>onload = () => setTimeout(() => { location.href = '/sin-fin'; }, 0)</script>" + Form, "a download without end")]
    public async Task The_attempt_ends_and_the_worker_goes_on(string page, string what)
    {
        await using var portal = await Stage.OpenAsync(app =>
        {
            app.MapGet("/sin-fin", async (HttpContext http) =>
            {
                http.Response.ContentType = "application/octet-stream";
                http.Response.Headers.ContentDisposition = "attachment; filename=factura.xml";
                var piece = new byte[1 << 16];
                while (!http.RequestAborted.IsCancellationRequested)
                {
                    await http.Response.Body.WriteAsync(piece, http.RequestAborted);
                }
            });
            app.MapFallback(() => Stage.Html(page));
        });
        var attempt = WorkerBench.Attempt([portal.Address], new Dictionary<string, string> { ["folio"] = "4471982", ["total"] = "250.00" }) with { TimeoutSeconds = 10 };

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Outcome, Is.AnyOf(Outcome.NoReconocido, Outcome.PortalCaido, Outcome.Incierto), $"{what}: {end.Detail}\n{worker.Story(attempt.JobId)}");
        await InvoicesAsync();
    }

    [Test]
    public async Task Two_gigabytes_that_a_page_took_are_given_back_and_no_process_is_left_behind()
    {
        await InvoicesAsync();
        var before = Megabytes();
        const string hog = "<script>window.held = []; onload = () => { for (let i = 0; i < 32; i++) held.push(new Uint8Array(64 << 20).fill(1)); }</script>" + Form;
        await using var portal = await Stage.OpenAsync(app => app.MapFallback(() => Stage.Html(hog)));
        var attempt = WorkerBench.Attempt([portal.Address], new Dictionary<string, string> { ["folio"] = "4471982", ["total"] = "250.00" }) with { TimeoutSeconds = 10 };

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Outcome, Is.AnyOf(Outcome.NoReconocido, Outcome.PortalCaido, Outcome.Incierto), $"{end.Detail}\n{worker.Story(attempt.JobId)}");
        await InvoicesAsync();
        Assert.That(Megabytes, Is.LessThan(before * 1.2).After(30_000, 500), $"before: {before} MB");
        Assert.That(Browsers().Where(b => StatOf(b, 0) == "Z").Select(b => b.ProcessName), Is.Empty);
    }

    [Test]
    public async Task A_browser_that_dies_ends_its_attempt_and_another_is_started()
    {
        var dead = new TaskCompletionSource();
        await using var portal = await Stage.OpenAsync(app => app.MapFallback(() =>
        {
            foreach (var browser in Browsers())
            {
                browser.Kill();
            }

            dead.TrySetResult();
            return Stage.Html(Form);
        }));
        var attempt = WorkerBench.Attempt([portal.Address], new Dictionary<string, string> { ["folio"] = "4471982", ["total"] = "250.00" });

        var end = await worker.RunAsync(attempt);
        await dead.Task;

        Assert.That(end.Outcome, Is.AnyOf(Outcome.Incierto, Outcome.PortalCaido), worker.Story(attempt.JobId));
        await InvoicesAsync();
    }

    [Test]
    public async Task A_browser_that_hangs_is_killed_its_attempt_ends_and_another_is_started()
    {
        var hung = new ConcurrentBag<Process>();
        await using var portal = await Stage.OpenAsync(app => app.MapFallback(() =>
        {
            foreach (var browser in Browsers())
            {
                Signal("STOP", browser);
                hung.Add(browser);
            }

            return Stage.Html(Form);
        }));
        var attempt = WorkerBench.Attempt([portal.Address], new Dictionary<string, string> { ["folio"] = "4471982", ["total"] = "250.00" });

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Outcome, Is.AnyOf(Outcome.Incierto, Outcome.PortalCaido), worker.Story(attempt.JobId));
        Assert.That(end.ErrorType, Is.Not.EqualTo("timeout"), "the attempt's own limit did not have to end it");
        await InvoicesAsync();
        Assert.That(hung, Is.Not.Empty);
        Assert.That(() => hung.Where(b => !b.HasExited).Select(b => b.Id), Is.Empty.After(10_000, 200));
    }

    private async Task InvoicesAsync()
    {
        var ticket = await town.SellAsync("simple");
        var attempt = WorkerBench.Attempt(ticket.Urls, ticket.Fields);

        var end = await worker.RunAsync(attempt);

        Assert.That(end.Outcome, Is.EqualTo(Outcome.Entregada), $"{end.Detail}\n{worker.Story(attempt.JobId)}");
    }

    // Those that this test's own process brought about, by their ancestry.
    private static IEnumerable<Process> Browsers()
    {
        var parents = Process.GetProcesses().ToDictionary(p => p.Id, ParentOf);
        bool Ours(int id) => id == Environment.ProcessId || (parents.TryGetValue(id, out var parent) && parent > 1 && Ours(parent));
        return Process.GetProcesses().Where(p => p.ProcessName.StartsWith("chrom", StringComparison.Ordinal) && Ours(p.Id));
    }

    private static void Signal(string name, Process process)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static int ParentOf(Process process) => int.Parse(StatOf(process, 1), System.Globalization.CultureInfo.InvariantCulture);

    // State and parent stand after the name in brackets.
    private static string StatOf(Process process, int place)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process.Id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[place];
        }
        catch (IOException)
        {
            return "0";
        }
    }

    // Proportional set size of all of them.
    private static double Megabytes() => Browsers().Sum(b =>
    {
        try
        {
            return File.ReadLines($"/proc/{b.Id}/smaps_rollup").Where(l => l.StartsWith("Pss:", StringComparison.Ordinal))
                .Sum(l => double.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return 0;
        }
    }) / 1024;

    private const string Form = "<form><label>Folio <input name=folio></label> <label>Total <input name=total></label> <button>Continuar</button></form>";
}
