using System.Diagnostics;
using System.Globalization;
using System.Runtime;

namespace Invoicing.Tickets.Reading.Tests;

/// <summary>By how much this process grew while something ran; nothing else may run meanwhile.</summary>
internal sealed record Memory<T>(T Result, long Rise, TimeSpan Took)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Took.TotalMilliseconds:0} ms, {Rise / 1e6:0} MB");
}

internal static class Memory
{
    /// <summary>What a hostile file may cost.</summary>
    public const long Most = 100_000_000;

    public static Memory<T> Measure<T>(Func<T> work)
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        // Linux forgets the highest mark of this process's memory.
        File.WriteAllText("/proc/self/clear_refs", "5");
        var (before, started) = (Status("VmRSS"), Stopwatch.GetTimestamp());
        var result = work();
        return new Memory<T>(result, Status("VmHWM") - before, Stopwatch.GetElapsedTime(started));
    }

    private static long Status(string name) =>
        1024 * long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
}
