using System.Diagnostics;
using System.Globalization;
using Invoicing.Tickets.Reading;
using Microsoft.Extensions.Logging.Abstractions;

namespace Invoicing.OcrBench;

/// <summary>What reading takes of memory as pictures follow each other: nothing else runs in the process, no picture is printed in it.</summary>
internal static class MemoryRun
{
    private static readonly int[] Stops = [1, 5, 10, 20, 40, 80, 160];

    public static async Task PrintAsync(string folder, int parallel)
    {
        var files = Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal).ToList();
        using var models = new OcrModels();
        using var recognizer = new TextRecognizer(models, parallel);
        var reader = new ReceiptReader(recognizer, new CodeReader(NullLogger<CodeReader>.Instance));
        Console.WriteLine($"{files.Count} pictures, {parallel} at a time\n\n| pictures read | resident MB | most so far | managed MB | s a picture, mean |\n| --- | --- | --- | --- | --- |");
        var (start, done) = (Stopwatch.GetTimestamp(), 0);
        var turns = new Lock();
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (file, stop) =>
        {
            await reader.ReadAsync(await File.ReadAllBytesAsync(file, stop), TicketForm.Image, stop);
            lock (turns)
            {
                if (++done == files.Count || Stops.Contains(done))
                {
                    Console.WriteLine($"| {done} | {Of("VmRSS")} | {Of("VmHWM")} | {GC.GetGCMemoryInfo().TotalCommittedBytes / 1_000_000} | {Stopwatch.GetElapsedTime(start).TotalSeconds / done:0.00} |");
                }
            }
        });
    }

    /// <summary>Megabytes as the kernel counts them.</summary>
    private static long Of(string line) =>
        File.ReadLines("/proc/self/status").Where(text => text.StartsWith(line, StringComparison.Ordinal)).Select(text => long.Parse(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024 / 1_000_000).Single();
}
