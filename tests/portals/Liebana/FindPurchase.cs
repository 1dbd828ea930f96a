using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Liebana;

/// <summary>POST api/compra: a wrong amount, a wrong brand and an unknown code sound alike.</summary>
public static class FindPurchase
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        visit.Session.Ticket = null;
        var code = visit.Field("codigo").Replace(" ", "", StringComparison.Ordinal);
        var amount = Typed.Amount(visit.Field("importe"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => string.Equals(ticket.Folio, code, StringComparison.OrdinalIgnoreCase)
            && ticket.Total == amount && ticket.Fields["uid"] == visit.Field("uid"));
        if (lookup.Standing == Standing.Open) visit.Session.Ticket = lookup.Ticket;
        return Results.Json(new { ok = lookup.Standing == Standing.Open, mensaje = Answer(lookup) });
    }

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.Open => "",
        Standing.Invoiced => "Ya existe una solicitud en proceso",
        Standing.Expired => $"El plazo para facturar tu compra terminó el {lookup.When!.Value.Day()}",
        Standing.NotYet => "Tu compra todavía no está disponible, intenta más tarde",
        _ => "No encontramos tu compra",
    };
}
