using System.Text.Json;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Cochera;

/// <summary>GET factura: the component that is the whole form.</summary>
public static class ShowForm
{
    public static IResult Handle(Visit visit)
    {
        visit.Session.Ticket = null;
        return visit.Page("factura", ("mensaje", JsonSerializer.Serialize(visit.Session.TakeNotice())), ("empresas", Companies.Json), ("regimenes", List(SatCatalogs.Regimenes)), ("usos", List(SatCatalogs.Usos)));
    }

    private static string List(IReadOnlyDictionary<string, string> catalogue) => JsonSerializer.Serialize(catalogue.Select(entry => new { v = entry.Key, t = $"{entry.Key} · {entry.Value}" }));
}
