using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Cochera;

/// <summary>POST api/boleto: company, code and amount, with the terms accepted.</summary>
public static class FindStay
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        if (Typed.Missing(visit, ("empresa", "la empresa"), ("codigo", "el código"), ("importe", "el importe")) is { } label) return No($"Indique {label}");
        if (visit.Field("terminos") != "true") return No("Acepte los términos y condiciones");
        var amount = Typed.Amount(visit.Field("importe"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => IsOf(visit, ticket) && ticket.Total == amount);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Results.Json(new { ok = true, mensaje = $"Salida {lookup.Ticket!.PurchasedAt.Minute()}, ${lookup.Ticket.Fields["total"]}" });
    }

    internal static bool IsOf(Visit visit, Ticket ticket) => string.Equals(ticket.Folio, visit.Field("codigo"), StringComparison.OrdinalIgnoreCase) && Companies.ValueOf(ticket.Fields["empresa"]) == visit.Field("empresa");

    internal static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Su boleto se podrá facturar a partir de las {lookup.When!.Value.Minute()}",
        Standing.Expired => "El boleto excedió el plazo de 15 días para solicitar factura",
        Standing.Invoiced => "Ya existe una factura para este boleto. Revise el estatus de su solicitud",
        _ => "No localizamos el boleto en la empresa seleccionada",
    };
}
