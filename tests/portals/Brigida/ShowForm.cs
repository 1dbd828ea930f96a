using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Brigida;

/// <summary>GET facturacion: the form, its fiscal part asleep.</summary>
public static class ShowForm
{
    public static IResult Handle(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        return visit.Page("formulario", ("mensaje", visit.Session.TakeNotice()),
            ("regimenes", Options.Of(Listed(SatCatalogs.Regimenes), "", "--")), ("usos", Options.Of(Listed(SatCatalogs.Usos), "", "--")));
    }

    private static IEnumerable<KeyValuePair<string, string>> Listed(IReadOnlyDictionary<string, string> catalogue) =>
        catalogue.Select(entry => KeyValuePair.Create($"string:{entry.Key}", $"{entry.Value} [{entry.Key}]"));
}
