using System.Text.Json;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.TresRios;

/// <summary>GET autofactura: all tabs and the dialog. GET autofactura/municipio: the place of a postal code.</summary>
public static class ShowForm
{
    private static readonly string[] Places = ["Culiacán", "Navolato", "Mazatlán", "Escuinapa", "Tepic", "Pachuca", "Cuajimalpa"];

    public static IResult Handle(Visit visit)
    {
        visit.Session.Ticket = null;
        return visit.Page("autofactura", ("aviso", JsonSerializer.Serialize(visit.Session.TakeNotice())),
            ("regimenes", Options.Of(SatCatalogs.Regimenes.Select(entry => KeyValuePair.Create(entry.Key, $"({entry.Key}) {entry.Value}")), "", "-- Régimen --")), ("usos", Uses()));
    }

    public static IResult Municipality(string? cp) => cp is { Length: 5 } && cp.All(char.IsAsciiDigit)
        ? Results.Json(new { municipio = Places[int.Parse(cp, System.Globalization.CultureInfo.InvariantCulture) % Places.Length] })
        : Results.Json(new { municipio = "" });

    private static string Uses() => JsonSerializer.Serialize(SatCatalogs.Usos.Select(entry => new
    {
        v = entry.Key, t = $"({entry.Key}) {entry.Value}",
        r = SatCatalogs.Regimenes.Keys.Where(regimen => SatCatalogs.Allows(entry.Key, regimen, true) || SatCatalogs.Allows(entry.Key, regimen, false)),
    }));
}
