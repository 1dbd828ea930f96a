namespace Invoicing.BrowserAutomation;

/// <summary>The wall-clock limit of an attempt, standing still while a person is asked.</summary>
public sealed class Clock(TimeSpan limit, HeldAttempt held, TimeProvider time) : IDisposable
{
    private ITimer? timer;
    private long since;
    private TimeSpan spent;
    private bool running;

    /// <summary>Time the browser worked, waiting for people left out.</summary>
    public TimeSpan Elapsed => spent + (running ? time.GetElapsedTime(since) : TimeSpan.Zero);

    public void Start()
    {
        timer = time.CreateTimer(_ => held.Stop(StopReason.TimedOut), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Resume();
    }

    public void Pause()
    {
        (spent, running) = (Elapsed, false);
        timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Resume()
    {
        (since, running) = (time.GetTimestamp(), true);
        var left = limit - spent;
        timer?.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        (spent, running) = (Elapsed, false);
        timer?.Dispose();
    }
}
