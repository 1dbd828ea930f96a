using Invoicing.Portals.Engine;

namespace Invoicing.Portals.Control;

/// <summary>GET and POST /_control/clock: the portals' now, set outright or as an offset from real time.</summary>
public static class SetClock
{
    public sealed record Request(DateTimeOffset? Now, double? OffsetSeconds);

    public sealed record Response(DateTimeOffset Now, double OffsetSeconds);

    public static Response Read(SimulatedClock clock) => new(clock.GetUtcNow(), clock.Offset.TotalSeconds);

    public static IResult Handle(Request request, SimulatedClock clock)
    {
        if (request.Now is { } now) clock.SetNow(now);
        else if (request.OffsetSeconds is { } seconds && Math.Abs(seconds) < 60L * 60 * 24 * 365 * 5) clock.Offset = TimeSpan.FromSeconds(seconds);
        else return Results.BadRequest(new { error = "Give now, or offset_seconds within five years." });
        return Results.Ok(Read(clock));
    }
}
