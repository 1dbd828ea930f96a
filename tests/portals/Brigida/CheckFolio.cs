using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Brigida;

/// <summary>POST api/folio «Validar Folio» answers with the branch; POST api/sucursal says that it is the right one, which opens the fiscal part.</summary>
public static class CheckFolio
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        if (visit.Field("aviso") != "true") return No("Debe aceptar el aviso de privacidad");
        if (Typed.Missing(visit, ("folioFactura", "Folio"), ("caja", "Caja"), ("fechaCompra", "Fecha"), ("ticket", "Ticket")) is { } label) return No($"{label}: campo requerido");
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("folioFactura") && ticket.Fields["caja"] == visit.Field("caja")
            && ticket.PurchasedAt.ToMexico().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) == visit.Field("fechaCompra") && ticket.Fields["ticket"] == visit.Field("ticket"));
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        visit.Session.Values.TryRemove("sucursal", out _);
        return Results.Json(new { ok = true, mensaje = "", sucursal = lookup.Ticket!.Fields["sucursal_nombre"] });
    }

    public static IResult Confirm(Visit visit)
    {
        if (visit.Session.Ticket is null) return No("Valide su folio");
        visit.Session.Values["sucursal"] = "si";
        return Results.Json(new { ok = true, mensaje = "" });
    }

    internal static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"La información de su compra se recibe 30 minutos después. Intente a partir de {lookup.When!.Value.Minute()}",
        Standing.Expired => "Han transcurrido más de 30 días desde su compra, el folio venció",
        Standing.Invoiced => "El folio ya se facturó. Obténgala en Reimpresión",
        _ => "Los datos del folio no coinciden con ninguna compra",
    };
}
