using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Galaxia;

/// <summary>GET facturacion, GET mis-comprobantes: the component, which draws itself by the address.</summary>
public static class ShowForm
{
    public static IResult Handle(Visit visit, SimulatedClock clock)
    {
        visit.Session.Ticket = null;
        return visit.Page("app", ("aviso", JsonSerializer.Serialize(visit.Session.TakeNotice())), ("anio", clock.GetUtcNow().ToMexico().Year.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("cines", JsonSerializer.Serialize(GalaxiaPortal.Cinemas)), ("regimenes", List(SatCatalogs.Regimenes)), ("usos", List(SatCatalogs.Usos)));
    }

    private static string List(IReadOnlyDictionary<string, string> catalogue) => JsonSerializer.Serialize(catalogue.Select(entry => $"{entry.Key} – {entry.Value}"));
}
