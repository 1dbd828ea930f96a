using System.Globalization;
using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Nopalera;

/// <summary>GET invoice-create: both screens of the app; the numbers of its inputs are others on every load.</summary>
public static class ShowForm
{
    public static IResult Handle(Visit visit, SimulatedClock clock)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        return visit.Page("crear",
            ("aviso", JsonSerializer.Serialize(visit.Session.TakeNotice())), ("hoy", clock.GetUtcNow().ToMexico().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("n", Chance.Between(0, 40).ToString(CultureInfo.InvariantCulture)), ("regimenes", List(SatCatalogs.Regimenes)), ("usos", Uses()));
    }

    private static string List(IReadOnlyDictionary<string, string> catalogue) => JsonSerializer.Serialize(catalogue.Select(entry => new { v = entry.Key, t = $"{entry.Key} - {entry.Value}" }));

    /// <summary>With the régimenes under which each may be chosen.</summary>
    private static string Uses() => JsonSerializer.Serialize(SatCatalogs.Usos.Select(entry => new
    {
        v = entry.Key, t = $"{entry.Key} - {entry.Value}",
        r = SatCatalogs.Regimenes.Keys.Where(regimen => SatCatalogs.Allows(entry.Key, regimen, true) || SatCatalogs.Allows(entry.Key, regimen, false)),
    }));
}
