namespace Invoicing.Portals.Engine;

/// <summary>The portals' time: real time plus an offset that the control port sets, so windows can be tested without waiting.</summary>
public sealed class SimulatedClock(TimeProvider real) : TimeProvider
{
    private long _offsetTicks;

    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));
        set => Interlocked.Exchange(ref _offsetTicks, value.Ticks);
    }

    public void SetNow(DateTimeOffset now) => Offset = now - real.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + Offset;
}
