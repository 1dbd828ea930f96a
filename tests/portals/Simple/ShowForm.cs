using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Simple;

/// <summary>GET /: the form, empty or as it was typed with a message above.</summary>
public static class ShowForm
{
    public static IResult Handle(Visit visit) => With(visit, visit.Session.TakeNotice());

    internal static IResult With(Visit visit, string message) => visit.Page("formulario",
        ("mensaje", message),
        ("regimenes", Options.Of(SatCatalogs.Regimenes.Select(Listed), visit.Field("regimen"))),
        ("usos", Options.Of(SatCatalogs.Usos.Select(Listed), visit.Field("uso"))));

    private static KeyValuePair<string, string> Listed(KeyValuePair<string, string> entry) => new(entry.Key, $"{entry.Key} - {entry.Value}");
}
