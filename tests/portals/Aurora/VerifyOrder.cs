using System.Globalization;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Aurora;

/// <summary>POST Billing/Verify «Next / Siguiente» of the first section.</summary>
public static class VerifyOrder
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        if (Typed.Missing(visit, ("OrderNo", "Order No."), ("ServiceDate", "Service date"), ("Amount", "Amount paid")) is { } label) return No($"{label} is required / es obligatorio");
        var amount = Typed.Amount(visit.Field("Amount"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("OrderNo") && ticket.Total == amount
            && ticket.PurchasedAt.ToMexico().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == visit.Field("ServiceDate"));
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Results.Json(new { ok = true, mensaje = "" });
    }

    internal static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Order is being processed. Su orden se encuentra en proceso, disponible a las {lookup.When!.Value.Minute()}",
        Standing.Expired => "Invoicing period is over. El plazo de 45 días para solicitar su factura concluyó",
        Standing.Invoiced => "Order already invoiced. La orden tiene una factura emitida, use Reprint / Reimpresión",
        _ => "Order not found. No se localizó la orden, verifique número, fecha y monto",
    };

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });
}
