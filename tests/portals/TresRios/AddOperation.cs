using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.TresRios;

/// <summary>POST autofactura/operacion «Añadir»: one purchase into the list. GET autofactura/cliente: what was saved for an RFC, only under <c>stale_receptor</c>.</summary>
public static class AddOperation
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        if (Typed.Missing(visit, ("operacion", "Núm. de operación"), ("terminal", "Terminal"), ("monto", "Monto de la compra")) is { } label) return No($"Te falta: {label}");
        var amount = Typed.Amount(visit.Field("monto"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("operacion") && ticket.Fields["terminal"] == visit.Field("terminal") && ticket.Total == amount);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Results.Json(new { ok = true, mensaje = "Operación añadida a tu lista", dia = lookup.Ticket!.PurchasedAt.Day(), monto = lookup.Ticket.Fields["total"] });
    }

    public static IResult Customer(Visit visit, string? rfc)
    {
        if (!Typed.LooksLikeRfc((rfc ?? "").ToUpperInvariant())) return No("Ese RFC no tiene la estructura correcta");
        var saved = TaxpayerRegistry.Find(rfc!.ToUpperInvariant()) is { } taxpayer && visit.Strike("stale_receptor") is not null ? StaleCustomer.Of(taxpayer) : null;
        return Results.Json(new { ok = true, mensaje = "", nombre = saved?.Nombre, cp = saved?.Cp, correo = saved?.Correo });
    }

    internal static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Tu compra es muy reciente. Podrás facturarla a partir del {lookup.When!.Value.Minute()} hrs",
        Standing.Expired => $"La operación venció para facturación el {lookup.When!.Value.Day()}",
        Standing.Invoiced => "Esta operación cuenta con CFDI emitido. Ve a la pestaña Reimprimir",
        _ => "No existe operación con la información proporcionada",
    };
}
