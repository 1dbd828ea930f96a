using System.Collections.Concurrent;
using System.Diagnostics;

namespace Invoicing.SystemTests.Faults;

/// <summary>How long after each fault work is done again at 90 % of the rate at which it is asked for. Measured and printed, not judged.</summary>
public sealed class Recovery(double perSecond)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);
    private readonly ConcurrentQueue<long> done = new();
    private readonly ConcurrentQueue<long> faults = new();

    public void Done() => done.Enqueue(Stopwatch.GetTimestamp());

    public void Fault() => faults.Enqueue(Stopwatch.GetTimestamp());

    /// <summary>Until the last fault is over, or the limit is.</summary>
    public async Task BackAsync(TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        while (After(faults.Last()) is null && Stopwatch.GetElapsedTime(started) < limit)
        {
            await Task.Delay(500);
        }
    }

    public override string ToString() => string.Join(", ", faults.Select(f => After(f) is { } took ? $"{took.TotalSeconds:0.0} s" : "never"));

    /// <summary>From the fault to the first window after it with nine tenths of the work; what the fault did not touch at all takes no time.</summary>
    private TimeSpan? After(long fault)
    {
        var times = done.Where(t => t >= fault).Order().ToArray();
        var enough = (int)Math.Ceiling(0.9 * perSecond * Window.TotalSeconds);
        for (var i = 0; i + enough <= times.Length; i++)
        {
            if (Stopwatch.GetElapsedTime(times[i], times[i + enough - 1]) <= Window)
            {
                return Stopwatch.GetElapsedTime(fault, times[i]);
            }
        }

        return null;
    }
}
