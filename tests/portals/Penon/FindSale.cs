using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Penon;

/// <summary>POST Default.aspx/Find «Siguiente»: an open sale with the customer as saved, or the files of one that is invoiced, for whoever asks.</summary>
public static class FindSale
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        var rfc = visit.Field("txtRFC").ToUpperInvariant();
        if (!Typed.LooksLikeRfc(rfc)) return No("RFC incorrecto");
        var amount = Typed.Amount(visit.Field("txtAmount"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket =>
            ticket.Folio == visit.Field("txtFolio") && ticket.Fields["referencia"] == visit.Field("txtReferencia") && ticket.Total == amount);
        if (lookup.Standing == Standing.Invoiced)
        {
            _ = desk.Recover(visit.Portal.Merchant, rfc, ticket => ticket == lookup.Ticket);
            return Files(visit, lookup.Ticket!, "Este folio ya fue facturado anteriormente!");
        }

        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        visit.Session.Values["rfc"] = rfc;
        var saved = TaxpayerRegistry.Find(rfc) is { } taxpayer && visit.Strike("stale_receptor") is not null ? StaleCustomer.Of(taxpayer) : null;
        return Results.Json(new { ok = true, mensaje = "", nombre = saved?.Nombre, cp = saved?.Cp, correo = saved?.Correo });
    }

    internal static IResult Files(Visit visit, Ticket ticket, string message)
    {
        var id = ticket.Emissions.Select(emission => visit.Session.Hold(emission)).FirstOrDefault();
        return Results.Json(new { ok = true, mensaje = message, id = id == Guid.Empty ? (Guid?)null : id });
    }

    internal static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => "El despacho aún no se refleja en el sistema, intente en 15 minutos",
        Standing.Expired => "El folio corresponde a un mes cerrado, ya no puede facturarse",
        _ => "Folio, referencia o monto incorrectos",
    };
}
