using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.MesaChica;

/// <summary>The rented widget: its page, the ticket's key with captcha and amount, the emission, and the mail once more.</summary>
public static class Widget
{
    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        return visit.Page("widget", ("aviso", visit.Session.TakeNotice()), ("regimenes", List(SatCatalogs.Regimenes)), ("usos", List(SatCatalogs.Usos)));
    }

    /// <summary>POST widget/clave «Continuar».</summary>
    public static IResult Key(Visit visit, InvoiceDesk desk, CaptchaDesk captchas)
    {
        if (KeyOf(visit).Length != 12) return No("La clave lleva 12 caracteres");
        if (captchas.Judge(visit.Portal.Merchant.Portal, visit.Session.Id, visit.Field("imagen")) != CaptchaVerdict.Right) return No("Las letras no corresponden a la imagen");
        var amount = Typed.Amount(visit.Field("total"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == KeyOf(visit) && ticket.Total == amount);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Results.Json(new { ok = true, mensaje = $"Orden {lookup.Ticket!.Fields["orden"]} del {lookup.Ticket.PurchasedAt.Day()}" });
    }

    /// <summary>POST widget/obtener «Obtener comprobante».</summary>
    public static IResult Obtain(Visit visit, InvoiceDesk desk, MailRoom mail)
    {
        if (visit.Session.Ticket is not { } ticket) return No("Escriba primero su clave");
        if (Typed.Missing(visit, ("rfc", "RFC"), ("nombre", "nombre"), ("cp", "C.P."), ("regimen", "régimen"), ("uso", "uso"), ("correo", "correo")) is { } label) return No($"Falta su {label}");
        var issued = desk.Issue(ticket, visit.Receptor());
        if (issued.Refusal is { } refusal) return No($"Datos rechazados por el SAT. {refusal}");
        if (issued.Emission is not { } emission) return No(Answer(new(Standing.Invoiced, ticket)));
        mail.Send(emission, visit.Field("correo"), MesaChicaPortal.ByMail);
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Results.Json(new { ok = true, mensaje = $"¡Buen provecho! Su comprobante va en camino a {visit.Field("correo")}" });
    }

    /// <summary>POST widget/reenvio «Mandar otra vez».</summary>
    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger, MailRoom mail)
    {
        bool Printed(Ticket ticket) => ticket.Folio == KeyOf(visit);
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is not { } emission)
            return No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "Ese ticket lo facturó alguien con otro RFC" : "Ese ticket no se ha facturado");
        if (visit.Field("correo").Length == 0) return No("Falta su correo");
        mail.Send(emission, visit.Field("correo"), MesaChicaPortal.ByMail);
        return Results.Json(new { ok = true, mensaje = $"Mandamos otra vez su comprobante a {visit.Field("correo")}" });
    }

    private static string KeyOf(Visit visit) => (visit.Field("c1") + visit.Field("c2") + visit.Field("c3")).ToUpperInvariant();

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string List(IReadOnlyDictionary<string, string> catalogue) => JsonSerializer.Serialize(catalogue.Select(entry => new { v = entry.Key, t = $"{entry.Key}.- {entry.Value}" }));

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Su ticket se está registrando, pruebe después de las {lookup.When!.Value.Minute()}",
        Standing.Expired => $"La clave caducó el {lookup.When!.Value.Day()}",
        Standing.Invoiced => "Este ticket ya generó un comprobante. Si no le llegó use «No recibí mi comprobante»",
        _ => "Clave desconocida, revise mayúsculas y el total",
    };
}
