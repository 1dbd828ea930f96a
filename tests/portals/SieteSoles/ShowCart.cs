using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.SieteSoles;

/// <summary>GET express: the form with an empty cart. POST rest/quitar takes a ticket out of it.</summary>
public static class ShowCart
{
    private static readonly Dictionary<string, string> Forms = new()
    {
        ["01"] = "01 Efectivo", ["04"] = "04 Tarjeta de crédito", ["28"] = "28 Tarjeta de débito", ["99"] = "99 Por definir",
    };

    public static IResult Handle(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        return visit.Page("express",
            ("regimenes", Options.Of(SatCatalogs.Regimenes, "", "")), ("usos", Options.Of(SatCatalogs.Usos, "", "")), ("formas", Options.Of(Forms, "99", "")));
    }

    public static IResult Remove(Visit visit, TicketLedger ledger)
    {
        Keep(visit, [.. In(visit, ledger).Where(ticket => ticket.Folio != visit.Field("noTicket"))]);
        return Results.Json(new { ok = true, mensaje = "" });
    }

    internal static IReadOnlyList<Ticket> In(Visit visit, TicketLedger ledger) =>
        [.. visit.Session.Values.GetValueOrDefault("carrito", "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(ledger.ById).OfType<Ticket>()];

    internal static void Keep(Visit visit, IReadOnlyList<Ticket> tickets)
    {
        visit.Session.Values["carrito"] = string.Join(',', tickets.Select(ticket => ticket.Id));
        visit.Session.Ticket = tickets.Count == 0 ? null : tickets[0];
    }
}
