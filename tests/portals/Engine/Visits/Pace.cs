namespace Invoicing.Portals.Engine.Visits;

/// <summary>How much of a real portal's slowness is played: 1 all of it, 0 none.</summary>
public sealed record Pace(double Factor)
{
    public Task Work(Duration? duration, CancellationToken cancellation)
    {
        if (duration is null || Factor <= 0) return Task.CompletedTask;
        var milliseconds = Chance.Between((int)(duration.Low * 1000), (int)(duration.High * 1000));
        return Task.Delay(TimeSpan.FromMilliseconds(milliseconds * Factor), TimeProvider.System, cancellation);
    }
}
