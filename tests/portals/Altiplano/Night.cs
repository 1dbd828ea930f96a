using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Altiplano;

/// <summary>From 00:00 to 02:00 in Mexico, by the portals' clock, nothing is served.</summary>
internal static class Night
{
    public static async ValueTask<object?> Close(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var hour = context.HttpContext.RequestServices.GetRequiredService<SimulatedClock>().GetUtcNow().ToMexico().Hour;
        return hour < 2 && context.HttpContext.Features.Get<Visit>() is { } visit ? visit.Page("fuera") : await next(context);
    }
}
