using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Control;

/// <summary>GET /_truth/requests: what reached the portals, oldest first; <c>?portal=</c> and <c>?step=</c> narrow it.</summary>
public static class TellRequests
{
    public static IEnumerable<PortalRequest> Handle(RequestLog log, string? portal, string? step) =>
        log.All.Where(request => (portal is null || request.Portal == portal) && (step is null || request.Step == step));
}
