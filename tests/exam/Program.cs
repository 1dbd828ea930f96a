using Invoicing.BrowserAutomation.Tests.Bench;
using Invoicing.Exam;

// The portal engine's exam: the worker with real Chromium against the simulated portals, marked by the portals' own books.
// The rest of the system is not running: leases, profiles and people are stand-ins; mail is read with the product's own reading of letters.
// --portal P4,P7  --tickets 50  --from 5  --stories  --drift layout_drift|stale_receptor|modal_again|native_dialog|all  --without-knowledge-of P4  --second-pass  --lanes 2
Setting setting;
try
{
    setting = Setting.Of(args);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

if (setting.Without is { } portal)
{
    var own = OwnKnowledge.Of(portal, Path.Combine(Directory.GetCurrentDirectory(), "tests", "portals"));
    AppContext.SetData("Knowledge.Without", string.Join('\n', own));
    Console.WriteLine($"Without {own.Count} phrases that only {portal} bears out: {string.Join(" · ", own)}");
}

await using var worker = await WorkerBench.StartAsync(setting.Lanes);
using var spent = new Spent();
var marks = new System.Collections.Concurrent.ConcurrentBag<Mark>();

using var interruption = new Interruption();
var each = (int)Math.Ceiling(setting.Tickets / (double)setting.Portals.Count);
var run = Parallel.ForEachAsync(setting.Portals, new ParallelOptions { MaxDegreeOfParallelism = setting.Lanes }, async (key, _) =>
{
    // Every portal has a clock of its own, so that time may pass for one alone.
    await using var town = await PortalTown.StartAsync();
    for (var pass = 1; pass <= (setting.SecondPass ? 2 : 1); pass++)
    {
        await town.PastAsync();
        await new Sitting(town, worker, setting, spent, key, pass).RunAsync(each, marks.Add);
    }
});
await Task.WhenAny(run, interruption.Told);
if (interruption.Told.IsCompleted)
{
    Console.WriteLine("\nInterrupted: tickets under way, and those whose mail had not come, are not counted.");
    Print();
    await interruption.LeaveAsync(worker);
}

await run;
Print();
return marks.Any(m => m.WrongEmissions > 0) ? 1 : 0;

void Print()
{
    Sheet.Print([.. marks.OrderBy(m => setting.Portals.ToList().IndexOf(m.Portal)).ThenBy(m => m.Number)]);
    if (setting.Spans)
    {
        spent.Print();
    }
}
