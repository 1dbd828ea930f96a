using System.Globalization;
using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Liebana;

/// <summary>GET generarFactura/&amp;uid=casa or sub: the page anew, with ids that count on from a random number.</summary>
public static class ShowForm
{
    public static IResult Handle(Visit visit, string marca)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        var uid = marca.EndsWith("=sub", StringComparison.Ordinal) ? "sub" : "casa";
        var first = Chance.Between(1, 60);
        string Id(int number) => string.Create(CultureInfo.InvariantCulture, $":r{first + (2 * number)}:");
        return visit.Page("formulario", [("uid", uid), ("marca", uid == "sub" ? "Subliébana" : "Casa Liébana"), ("mensaje", visit.Session.TakeNotice()),
            ("regimenes", List(SatCatalogs.Regimenes)), ("usos", List(SatCatalogs.Usos)), .. Enumerable.Range(1, 9).Select(number => ($"r{number}", Id(number)))]);
    }

    private static string List(IReadOnlyDictionary<string, string> catalogue) =>
        JsonSerializer.Serialize(catalogue.Select(entry => new { value = entry.Key, label = entry.Value }));
}
