using System.Globalization;
using Invoicing.Bench;
using Invoicing.BrowserAutomation.Tests.Bench;
using Invoicing.BrowserBench;

// Invoices a minute of the worker beside a hand-written script on the same portal: [SECONDS a cell] [CONTEXTS,…]; soak [COUNT] tickets for the browser's memory.
Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Warning");
await using var town = await PortalTown.StartAsync();
await town.PastAsync();
return args switch
{
    ["soak", .. var rest] => await SoakAsync(Number(rest, 300)),
    [var seconds, var contexts] => await CompareAsync(Number([seconds], 40), [.. contexts.Split(',').Select(c => Number([c], 1))]),
    _ => await CompareAsync(Number(args, 40), [1, 2, 4]),
};

static int Number(string[] rest, int otherwise) => rest is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : otherwise;

async Task<int> CompareAsync(int seconds, int[] numbers)
{
    var cells = new List<(string Who, int Contexts, Cell Cell)>();
    await using var script = await ScriptedJobs.StartAsync(town);
    foreach (var contexts in numbers)
    {
        await using var ours = await OurWorker.StartAsync(town, contexts);
        for (var round = 0; round < 2; round++)
        {
            Keep("worker", contexts, await ours.RunAsync(TimeSpan.FromSeconds(seconds)));
            Keep("script in Hangfire", contexts, await script.RunAsync(contexts, TimeSpan.FromSeconds(seconds)));
        }
    }

    Console.WriteLine($"load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the end, {Environment.ProcessorCount} processors; cells of {seconds} s, A B A B");
    Console.WriteLine("contexts  who                   invoices/min (each round)   not delivered   Chromium MB idle   MB a context, median (peak)");
    foreach (var group in cells.GroupBy(c => (c.Contexts, c.Who)))
    {
        var all = group.Select(c => c.Cell).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{group.Key.Contexts,8}  {group.Key.Who,-20}  {string.Join(" · ", all.Select(c => c.PerMinute.ToString("0.0", CultureInfo.InvariantCulture))),-26}  {all.Sum(c => c.Failed),13}   {all.Average(c => c.IdleMegabytes),16:0}   {all.Average(c => c.MedianPerContext),6:0.0} ({all.Max(c => c.PeakPerContext):0.0})"));
    }

    foreach (var contexts in numbers)
    {
        double Rate(string who) => cells.Where(c => c.Contexts == contexts && c.Who == who).Average(c => c.Cell.PerMinute);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio  invoices a minute with {contexts} contexts: worker {Rate("worker") / Rate("script in Hangfire"):0.00} × script in Hangfire"));
    }

    return cells.Any(c => c.Cell.Failed > 0) ? 1 : 0;

    void Keep(string who, int contexts, Cell cell)
    {
        cells.Add((who, contexts, cell));
        Console.Error.WriteLine($"{contexts} contexts, {who}: {cell}");
    }
}

// The browser is started afresh after its fiftieth context, so a reading is compared with the others of the same age.
async Task<int> SoakAsync(int count)
{
    const int Portion = 10;
    await using var ours = await OurWorker.StartAsync(town, 2);
    var (done, failed) = (0, 0);
    while (done < count)
    {
        failed += await ours.InvoiceAsync(Portion);
        done += Portion;
        await Task.Delay(2000);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done,4} tickets: Chromium {Memory.Chromium():0.0} MB idle, this process {GC.GetTotalMemory(true) / 1048576.0:0.0} MB managed, {failed} not delivered, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}"));
    }

    return failed > 0 ? 1 : 0;
}
