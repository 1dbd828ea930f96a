using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Hangfire;
using Hangfire.PostgreSql;
using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Tests.Bench;
using Invoicing.TestSupport;
using Microsoft.Playwright;

namespace Invoicing.BrowserBench;

/// <summary>What one would write for this portal alone: a Playwright script with its selectors, a job of Hangfire.PostgreSql. It files the XML and the PDF and verifies nothing.</summary>
internal sealed class ScriptedJobs : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, (SoldTicket Ticket, TaskCompletionSource<bool> Done)> Waiting = new();
    private static IBrowser? browser;
    private readonly PortalTown town;
    private readonly JobStorage storage;
    private readonly BackgroundJobClient client;

    private ScriptedJobs(PortalTown town, JobStorage storage) => (this.town, this.storage, client) = (town, storage, new BackgroundJobClient(storage));

    public static async Task<ScriptedJobs> StartAsync(PortalTown town)
    {
        GlobalConfiguration.Configuration.UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings();
        var database = await Servers.NewDatabaseAsync();
        return new ScriptedJobs(town, new PostgreSqlStorage(
            new Hangfire.PostgreSql.Factories.NpgsqlConnectionFactory(database, new PostgreSqlStorageOptions()),
            new PostgreSqlStorageOptions { QueuePollInterval = TimeSpan.FromMilliseconds(50), EnableLongPolling = true }));
    }

    public async Task<Cell> RunAsync(int contexts, TimeSpan span)
    {
        using var playwright = await Playwright.CreateAsync();
        var settings = new BrowserSettings();
        await using var launched = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("INVOICING_TEST_CHROMIUM") ?? settings.ExecutablePath, Args = ["--no-sandbox"],
        });
        browser = launched;
        var before = Memory.Chromium();
        using var server = new BackgroundJobServer(new BackgroundJobServerOptions { WorkerCount = contexts }, storage);
        await OneAsync();
        var (started, done, failed, last) = (Stopwatch.GetTimestamp(), 0, 0, TimeSpan.Zero);
        // Twice as many are on their way as may run, so that no worker waits for the queue.
        var lanes = Task.WhenAll(Enumerable.Range(0, contexts * 2).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < span)
            {
                if (await OneAsync())
                {
                    Interlocked.Increment(ref done);
                    last = Stopwatch.GetElapsedTime(started);
                }
                else
                {
                    Interlocked.Increment(ref failed);
                }
            }
        }));
        var busy = await Memory.WatchAsync(lanes);
        await lanes;
        return Memory.Cell(done / last.TotalMinutes, failed, before, busy, contexts);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The job.</summary>
    [AutomaticRetry(Attempts = 0)]
    public static async Task Invoice(string id)
    {
        if (!Waiting.TryRemove(id, out var job))
        {
            return;
        }

        try
        {
            job.Done.SetResult(await FillAsync(job.Ticket));
        }
        catch (PlaywrightException)
        {
            job.Done.SetResult(false);
        }
    }

    private async Task<bool> OneAsync()
    {
        var ticket = await town.SellAsync(OurWorker.Portal, town.Now.AddHours(-30));
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Waiting[ticket.Id] = (ticket, done);
        client.Enqueue(() => Invoice(ticket.Id));
        return await done.Task;
    }

    private static async Task<bool> FillAsync(SoldTicket ticket)
    {
        await using var context = await browser!.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(ticket.Urls[0]);
        await page.FillAsync("#rfc", JobsStandIn.Company.Rfc);
        await page.FillAsync("#ticket", ticket.Fields["folio"]);
        await page.FillAsync("#tienda", ticket.Fields["sucursal"]);
        await page.FillAsync("#dtFecha", DateOnly.Parse(ticket.Fields["fecha"], CultureInfo.InvariantCulture).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
        await page.ClickAsync("#btnPaso1");
        await page.FillAsync("#razon", JobsStandIn.Company.Nombre);
        await page.FillAsync("#cp", JobsStandIn.Company.CodigoPostal);
        await page.SelectOptionAsync("#regimen", JobsStandIn.Company.RegimenFiscal);
        await page.SelectOptionAsync("#uso", JobsStandIn.Company.UsoCfdi);
        await page.FillAsync("#correo", JobsStandIn.Company.Correo);
        await page.ClickAsync("#btnFacturar");
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("#archivos >> text=XML"));
        var xml = await File.ReadAllTextAsync(await download.PathAsync());
        var pdf = await page.GetAttributeAsync("#archivos >> text=PDF", "href");
        var body = await (await context.APIRequest.GetAsync(new Uri(new Uri(page.Url), pdf).ToString())).BodyAsync();
        return xml.Contains("TimbreFiscalDigital", StringComparison.Ordinal) && body.Length > 100;
    }
}
