namespace Invoicing.Jobs.Tests;

/// <summary>Real time, and what a test adds to it.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private long shift;

    public void Shift(TimeSpan by) => Interlocked.Add(ref shift, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref shift));
}
