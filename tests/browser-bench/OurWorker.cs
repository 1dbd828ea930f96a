using System.Diagnostics;
using Invoicing.BrowserAutomation;
using Invoicing.BrowserAutomation.Tests.Bench;
using Invoicing.Messages;

namespace Invoicing.BrowserBench;

/// <summary>The product's worker, its recipe learned before anything is measured.</summary>
internal sealed class OurWorker : IAsyncDisposable
{
    public const string Portal = "grupo-mesa";
    private readonly PortalTown town;
    private readonly WorkerBench worker;
    private readonly int contexts;
    private double idle;

    private OurWorker(PortalTown town, WorkerBench worker, int contexts) => (this.town, this.worker, this.contexts) = (town, worker, contexts);

    public static async Task<OurWorker> StartAsync(PortalTown town, int contexts)
    {
        var ours = new OurWorker(town, await WorkerBench.StartAsync(contexts), contexts);
        for (var i = 0; i < 2; i++)
        {
            await ours.OneAsync();
        }

        return ours;
    }

    public async Task<Cell> RunAsync(TimeSpan span)
    {
        await Task.Delay(1500);
        idle = Memory.Chromium();
        var (started, done, failed, last) = (Stopwatch.GetTimestamp(), 0, 0, TimeSpan.Zero);
        var lanes = Task.WhenAll(Enumerable.Range(0, contexts).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < span)
            {
                var delivered = await OneAsync();
                if (delivered)
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
        return Memory.Cell(done / last.TotalMinutes, failed, idle, busy, contexts);
    }

    /// <summary>So many tickets; how many were not delivered.</summary>
    public async Task<int> InvoiceAsync(int count)
    {
        var failed = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = contexts }, async (_, _) =>
        {
            if (!await OneAsync())
            {
                Interlocked.Increment(ref failed);
            }
        });
        return failed;
    }

    public ValueTask DisposeAsync() => worker.DisposeAsync();

    private async Task<bool> OneAsync()
    {
        var ticket = await town.SellAsync(Portal, town.Now.AddHours(-30));
        var end = await worker.RunAsync(WorkerBench.Attempt(ticket.Urls, ticket.Fields) with { Merchant = new MerchantFacts(8, Portal, null, [], true, 1) });
        return end.Outcome == Outcome.Entregada && end.Files.Any(f => f.Kind == "cfdi_xml");
    }
}
