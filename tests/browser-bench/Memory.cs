using System.Globalization;
using Invoicing.Bench;

namespace Invoicing.BrowserBench;

/// <summary>What came of one cell.</summary>
/// <param name="PerMinute">Invoices delivered, up to the last one, by the time it took.</param>
internal sealed record Cell(double PerMinute, int Failed, double IdleMegabytes, double MedianPerContext, double PeakPerContext);

/// <summary>Proportional set size (/proc) of the browsers that this process started.</summary>
internal static class Memory
{
    public static double Chromium()
    {
        var all = Directory.GetDirectories("/proc").Select(d => Path.GetFileName(d)).Where(n => n.All(char.IsAsciiDigit)).Select(Parent).OfType<(int Id, int Parent, string Name)>().ToList();
        var below = new HashSet<int> { Environment.ProcessId };
        while (all.Where(p => below.Contains(p.Parent)).Any(p => below.Add(p.Id)))
        {
        }

        return all.Where(p => below.Contains(p.Id) && (p.Name.Contains("chrom", StringComparison.Ordinal) || p.Name.Contains("headless", StringComparison.Ordinal))).Sum(p => Pss(p.Id)) / 1024.0;
    }

    /// <summary>Reads twice a second until <paramref name="over"/>.</summary>
    public static async Task<IReadOnlyList<double>> WatchAsync(Task over)
    {
        var readings = new List<double>();
        while (!over.IsCompleted)
        {
            readings.Add(Chromium());
            await Task.WhenAny(over, Task.Delay(500));
        }

        return readings;
    }

    public static Cell Cell(double perMinute, int failed, double idle, IReadOnlyList<double> busy, int contexts) =>
        new(perMinute, failed, idle, (busy.Median() - idle) / contexts, (busy.Max() - idle) / contexts);

    private static (int Id, int Parent, string Name)? Parent(string id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var end = text.LastIndexOf(')');
            return (Number(id), Number(text[(end + 2)..].Split(' ')[1]), text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..end]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int Pss(int id)
    {
        try
        {
            return File.ReadLines($"/proc/{id}/smaps_rollup").Where(l => l.StartsWith("Pss:", StringComparison.Ordinal)).Select(l => Number(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])).FirstOrDefault();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
