using System.Text.Json;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Altiplano;

/// <summary>GET facturacionrapida: the page anew; codes stay reserved for the session, the list on the page is empty.</summary>
public static class ShowForm
{
    public static IResult Handle(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        return visit.Page("rapida", ("mensaje", visit.Session.TakeNotice()), ("regimenes", List(SatCatalogs.Regimenes)), ("usos", List(SatCatalogs.Usos)));
    }

    /// <summary>Options for the page's script: SAT's key and its text.</summary>
    private static string List(IReadOnlyDictionary<string, string> catalogue) =>
        JsonSerializer.Serialize(catalogue.Select(entry => new { value = entry.Key, label = $"{entry.Key} {entry.Value}" }));
}
