using System.Text.Json;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.GasGo;

/// <summary>GET /: the whole application, always at its first screen; rows not sent are gone after a reload.</summary>
public static class ShowApp
{
    private static readonly string List = JsonSerializer.Serialize(Stations.All.Select(station => new { value = station.Key, label = station.Value }));

    public static IResult Handle(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.TryRemove("renglones", out _);
        return visit.Page("aplicacion", ("mensaje", visit.Session.TakeNotice()), ("dentro", LogIn.AccountOf(visit) is null ? "false" : "true"), ("estaciones", List));
    }
}
