using System.Globalization;
using System.Text.Json;
using Invoicing.OcrBench;

// OcrBench COUNT [--from N] [--set known|heldout|fresh|newest|latest|unseen|all] [--grade Clean|Everyday|Bad] [--no-tesseract] [--keep FILE] [--misses] [--fit]
// OcrBench FOLDER [--no-tesseract] [--misses]
// OcrBench memory FOLDER [--parallel N]: what the reader's process takes while it reads the pictures of FOLDER (COUNT --save FOLDER writes them).
// OcrBench again --keep FILE [--misses] [--fit]: what FILE holds, understood anew by the rules as they are now; no picture is read.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
var what = args.FirstOrDefault(arg => !arg.StartsWith('-')) ?? "300";
var keep = Option("--keep");
if (what == "again")
{
    Print([.. File.ReadLines(keep!).Select(line => JsonSerializer.Deserialize<Outcome>(line)!.UnderstoodAgain())]);
    return 0;
}

if (what == "memory")
{
    await MemoryRun.PrintAsync(args[1], int.Parse(Option("--parallel") ?? "1", CultureInfo.InvariantCulture));
    return 0;
}

var from = int.Parse(Option("--from") ?? "0", CultureInfo.InvariantCulture);
var samples = Directory.Exists(what) ? Sample.Folder(what).ToList() : Sample.Printed(Option("--set") ?? "all", from, int.Parse(what, CultureInfo.InvariantCulture)).ToList();
if (Option("--grade") is { } grade)
{
    samples.RemoveAll(sample => sample.Grade != grade);
}

var outcomesLock = new Lock();
var outcomes = keep is not null && File.Exists(keep) ? [.. File.ReadLines(keep).Select(line => JsonSerializer.Deserialize<Outcome>(line)!)] : new List<Outcome>();

// Kept one by one: a long measurement can be made in pieces.
void Keep(Outcome outcome)
{
    if (keep is not null)
    {
        lock (outcomesLock)
        {
            File.AppendAllText(keep, JsonSerializer.Serialize(outcome) + "\n");
        }
    }
}

if (Option("--save") is { } folder)
{
    Directory.CreateDirectory(folder);
    samples.ForEach(sample => File.WriteAllBytes(Path.Combine(folder, sample.Name + ".jpg"), sample.Picture()));
    return 0;
}

var done = outcomes.Select(outcome => (outcome.Engine, outcome.Sample)).ToHashSet();
var comparator = args.Contains("--no-tesseract") || !Tesseract.Installed
    ? Task.FromResult(new List<Outcome>())
    : Task.Run(async () =>
    {
        var beside = new List<Outcome>();
        foreach (var sample in samples.Where(sample => !done.Contains(("tesseract", sample.Name))))
        {
            beside.Add(await Tesseract.ReadAsync(sample));
            Keep(beside[^1]);
        }

        return beside;
    });
using (var reader = new OurReader())
{
    foreach (var sample in samples.Where(sample => !done.Contains(("ours", sample.Name))))
    {
        outcomes.Add(await reader.ReadAsync(sample));
        Keep(outcomes[^1]);
    }
}

outcomes.AddRange(await comparator);
Print(outcomes);
return 0;

void Print(List<Outcome> measured)
{
    Report.Print(measured);
    if (args.Contains("--fit"))
    {
        Fit.Print(measured);
    }

    if (args.Contains("--misses"))
    {
        Report.Misses(measured.Where(outcome => outcome.Engine == "ours"));
    }
}
