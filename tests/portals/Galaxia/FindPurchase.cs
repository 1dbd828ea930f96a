using System.Globalization;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Galaxia;

/// <summary>POST v1/compra «Validar compra»: code, cinema, day in three parts and amount.</summary>
public static class FindPurchase
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        if (Typed.Missing(visit, ("codigo", "el código de compra"), ("complejo", "el complejo"), ("dia", "el día"), ("mes", "el mes"), ("anio", "el año"), ("importe", "el importe")) is { } label) return No($"Ingresa {label}");
        if (!GalaxiaPortal.Cinemas.Contains(visit.Field("complejo"))) return No("Elige el complejo de la lista");
        var (day, amount) = ($"{visit.Field("dia")}/{visit.Field("mes")}/{visit.Field("anio")}", Typed.Amount(visit.Field("importe")));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => string.Equals(ticket.Folio, visit.Field("codigo"), StringComparison.OrdinalIgnoreCase)
            && ticket.Fields["sucursal"] == visit.Field("complejo") && ticket.PurchasedAt.ToMexico().ToString("d/M/yyyy", CultureInfo.InvariantCulture) == day && ticket.Total == amount);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Results.Json(new { ok = true, mensaje = "" });
    }

    internal static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    internal static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Espera unos minutos: tu compra estará lista para facturarse a las {lookup.When!.Value.Minute()}",
        Standing.Expired => "Lo sentimos, rebasaste los 30 días que tenías para facturar",
        Standing.Invoiced => "Compra previamente facturada. Descárgala en Mis comprobantes",
        _ => "Código de compra inválido o datos incorrectos",
    };
}
