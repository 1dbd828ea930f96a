using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Simple;

/// <summary>GET /resultado/{id}: the links to the files, for the session that emitted or recovered them.</summary>
public static class ShowResult
{
    public static IResult Handle(Visit visit, Guid id) =>
        visit.Session.Emissions.TryGetValue(id, out var emission) ? Of(visit, emission, "Su factura se generó correctamente.") : Results.Redirect("/consulta");

    internal static IResult Of(Visit visit, Emission emission, string message) => visit.Page("resultado",
        ("mensaje", message), ("uuid", emission.FileName), ("id", emission.Uuid.ToString()),
        ("receptor", $"{emission.Receptor.Rfc} {emission.Receptor.Nombre}"), ("importe", emission.Ticket.Fields["total"]));
}
