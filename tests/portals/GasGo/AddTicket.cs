using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.GasGo;

/// <summary>POST api/ticket «Agregar Ticket»: a row whose payment form begins as cash, under a name that nobody can foresee.</summary>
public static class AddTicket
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        if (Typed.Missing(visit, ("estacion", "la estación"), ("folio", "el folio"), ("monto", "el monto")) is { } label) return No($"Seleccione {label}");
        if (!Stations.TakesPart(visit.Field("estacion"))) return No("Estación no participa");
        var amount = Typed.Amount(visit.Field("monto"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket =>
            ticket.Folio == visit.Field("folio") && ticket.Fields["estacion"] == visit.Field("estacion") && ticket.Total == amount);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        var rows = Rows(visit, ledger);
        if (rows.Contains(lookup.Ticket)) return No("El ticket ya está en la lista");
        Keep(visit, [.. rows, lookup.Ticket!]);
        return Results.Json(new { ok = true, mensaje = "", id = lookup.Ticket!.Id, folio = lookup.Ticket.Folio, monto = lookup.Ticket.Fields["total"], campo = $"fp_{lookup.Ticket.Id}_{Chance.Hex(6)}" });
    }

    public static IResult Remove(Visit visit, TicketLedger ledger)
    {
        Keep(visit, [.. Rows(visit, ledger).Where(ticket => ticket.Id != visit.Field("id"))]);
        return Results.Json(new { ok = true, mensaje = "" });
    }

    internal static IReadOnlyList<Ticket> Rows(Visit visit, TicketLedger ledger) =>
        [.. visit.Session.Values.GetValueOrDefault("renglones", "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(ledger.ById).OfType<Ticket>()];

    internal static void Keep(Visit visit, IReadOnlyList<Ticket> tickets)
    {
        visit.Session.Values["renglones"] = string.Join(',', tickets.Select(ticket => ticket.Id));
        visit.Session.Ticket = tickets.Count == 0 ? null : tickets[0];
    }

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.Invoiced => "El ticket ya fue facturado",
        Standing.Expired => $"Ticket vencido desde {lookup.When!.Value.Day()}",
        Standing.NotYet => "Ticket no disponible",
        _ => "Ticket no encontrado",
    };

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });
}
