using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Nopalera;

/// <summary>POST api/tickets «Agregar»: shop, ticket, day and amount of a purchase.</summary>
public static class AddTicket
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        if (Typed.Missing(visit, ("sucursal", "Selecciona una sucursal de la lista"), ("folio", "Captura el ticket"), ("fecha", "Selecciona la fecha"), ("total", "Captura el total de la venta")) is { } says) return No(says);
        var total = Typed.Amount(visit.Field("total"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("folio") && ticket.Fields["sucursal"] == visit.Field("sucursal")
            && ticket.Fields["fecha"] == visit.Field("fecha") && ticket.Total == total);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Results.Json(new { ok = true, mensaje = "Ticket agregado", ticket = lookup.Ticket!.Folio, total = lookup.Ticket.Fields["total"] });
    }

    internal static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Tu ticket aún está en proceso, vuelve a intentarlo después de las {lookup.When!.Value.Minute()}",
        Standing.Expired => "El ticket ya no se puede facturar, excede los 30 días naturales",
        Standing.Invoiced => "Este ticket ya tiene factura, búscala en Mis comprobantes",
        _ => "No encontramos un ticket con esos datos",
    };
}
