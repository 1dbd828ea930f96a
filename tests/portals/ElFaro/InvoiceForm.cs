using System.Globalization;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.ElFaro;

/// <summary>The plug-in's form, its answer by AJAX, and the mail once more.</summary>
public static class InvoiceForm
{
    public static IResult Show(Visit visit) => visit.Page("formulario", ("mensaje", visit.Session.TakeNotice()),
        ("regimenes", Options.Of(SatCatalogs.Regimenes.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Key} - {entry.Value}")), "", "— Elige tu régimen —")),
        ("usos", Options.Of(SatCatalogs.Usos.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Key} - {entry.Value}")), "", "— Elige el uso —")));

    public static IResult Send(Visit visit, InvoiceDesk desk, TicketLedger ledger, MailRoom mail)
    {
        if (visit.Field("fe-reenviar").Length > 0) return Again(visit, desk, ledger, mail);
        if (Typed.Missing(visit, ("fe-nota", "Número de nota"), ("fe-fecha", "Fecha"), ("fe-monto", "Monto"), ("fe-rfc", "RFC"), ("fe-nombre", "Nombre"), ("fe-cp", "Código postal"), ("fe-regimen", "Régimen"), ("fe-uso", "Uso"), ("fe-correo", "Correo")) is { } label)
            return No($"Hay un error en tu solicitud: falta {label}.");
        if (visit.Field("fe-privacidad").Length == 0) return No("Debes aceptar el aviso de privacidad para continuar.");
        var amount = Typed.Amount(visit.Field("fe-monto"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => string.Equals(ticket.Folio, visit.Field("fe-nota"), StringComparison.OrdinalIgnoreCase) && ticket.Total == amount
            && ticket.PurchasedAt.ToMexico().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == visit.Field("fe-fecha"));
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        var issued = desk.Issue(lookup.Ticket!, new(visit.Field("fe-rfc").ToUpperInvariant(), visit.Field("fe-nombre"), visit.Field("fe-cp"), visit.Field("fe-regimen"), visit.Field("fe-uso"), visit.Field("fe-correo")));
        if (issued.Refusal is { } refusal) return No($"Tu factura no pudo ser timbrada por el SAT. Detalle: {refusal}");
        if (issued.Emission is not { } emission) return No(Answer(new(Standing.Invoiced, lookup.Ticket)));
        mail.Send(emission, visit.Field("fe-correo"), ElFaroPortal.ByMail);
        return visit.LosesAnswer(lookup.Ticket!) ? Results.Empty : Results.Json(new { ok = true, mensaje = "¡Gracias! Tu factura fue generada y la enviamos al correo que nos indicaste. Si no la ves, revisa tu bandeja de no deseados." });
    }

    private static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger, MailRoom mail)
    {
        bool Printed(Ticket ticket) => string.Equals(ticket.Folio, visit.Field("fe-nota"), StringComparison.OrdinalIgnoreCase);
        if (desk.Recover(visit.Portal.Merchant, visit.Field("fe-rfc").ToUpperInvariant(), Printed) is not { } emission)
            return No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "Esta nota se facturó con otro RFC." : "No encontramos una factura con esos datos.");
        mail.Send(emission, visit.Field("fe-correo"), ElFaroPortal.ByMail);
        return Results.Json(new { ok = true, mensaje = "Listo, reenviamos tu factura al correo indicado." });
    }

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Tu nota aún no puede facturarse. Por favor intenta después de las {lookup.When!.Value.Minute()}.",
        Standing.Expired => "El plazo de 20 días para facturar tu nota ya pasó.",
        Standing.Invoiced => "Tu nota ya fue facturada anteriormente. Si no recibiste tu factura puedes solicitar el reenvío.",
        _ => "No encontramos tu nota de venta. Revisa el número, la fecha y el monto.",
    };
}
