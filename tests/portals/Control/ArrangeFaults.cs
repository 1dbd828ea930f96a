using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Faults;

namespace Invoicing.Portals.Control;

/// <summary>GET, POST, DELETE /_control/faults. A kind may carry its value after a colon, e.g. <c>sat_reject:cp</c>.</summary>
public static class ArrangeFaults
{
    public sealed record Request(string Portal, string Kind, string? Ticket, string? Step, int? Times, string? Value);

    public static IReadOnlyList<Fault> List(FaultBoard faults) => faults.InForce;

    public static IResult Add(Request request, FaultBoard faults, IEnumerable<IPortal> portals)
    {
        var split = request.Kind.Split(':', 2);
        if (!FaultKinds.Known(split[0])) return Results.BadRequest(new { error = $"Unknown kind {split[0]}.", known = FaultKinds.AtTheGate.Concat(FaultKinds.Inside) });
        if (!portals.Any(portal => portal.Merchant.Portal == request.Portal)) return Results.BadRequest(new { error = $"Unknown portal {request.Portal}." });
        var fault = new Fault(request.Portal, split[0], request.Ticket, request.Step, request.Times, request.Value ?? split.ElementAtOrDefault(1));
        faults.Add(fault);
        return Results.Ok(fault);
    }

    /// <summary>Takes all faults off the board, or those of <c>?portal=</c>.</summary>
    public static IResult Clear(FaultBoard faults, string? portal)
    {
        faults.Clear(portal);
        return Results.NoContent();
    }
}
