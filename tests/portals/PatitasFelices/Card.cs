using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.PatitasFelices;

/// <summary>The card for a receipt, the invoice by mail, and its mail once more.</summary>
public static class Card
{
    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        return visit.Page("visita", ("aviso", JsonSerializer.Serialize(visit.Session.TakeNotice())), ("clinicas", JsonSerializer.Serialize(PatitasFelicesPortal.Clinics.Select(name => new { v = name, t = name }))), ("regimenes", List(SatCatalogs.Regimenes)), ("usos", List(SatCatalogs.Usos)));
    }

    public static IResult Find(Visit visit, InvoiceDesk desk)
    {
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("recibo") && ticket.Fields["sucursal"] == visit.Field("clinica") && ticket.Fields["codigo_facturacion"].Equals(visit.Field("seguridad"), StringComparison.OrdinalIgnoreCase));
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Results.Json(new { ok = true, mensaje = "" });
    }

    public static IResult Invoice(Visit visit, InvoiceDesk desk, MailRoom mail)
    {
        if (visit.Session.Ticket is not { } ticket) return No("Primero busca tu recibo");
        if (visit.Field("acepto") != "1") return No("Necesitamos que aceptes el aviso de privacidad");
        var issued = desk.Issue(ticket, visit.Receptor());
        if (issued.Refusal is { } refusal) return No($"El SAT no autorizó tu factura: {refusal}");
        if (issued.Emission is not { } emission) return No(Answer(new(Standing.Invoiced, ticket)));
        mail.Send(emission, visit.Field("correo"), PatitasFelicesPortal.ByMail);
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Results.Json(new { ok = true, solicitud = emission.FileName });
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger, MailRoom mail)
    {
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("recibo");
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is not { } emission)
            return No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "La factura de ese recibo pertenece a otro RFC" : "Ese recibo no se ha facturado");
        mail.Send(emission, visit.Field("correo"), PatitasFelicesPortal.ByMail);
        return Results.Json(new { ok = true, mensaje = "Te reenviamos tu factura, revisa tu correo" });
    }

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string List(IReadOnlyDictionary<string, string> catalogue) => JsonSerializer.Serialize(catalogue.Select(entry => new { v = entry.Key, t = $"({entry.Key}) {entry.Value}" }));

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Tu recibo se está procesando, búscalo después de las {lookup.When!.Value.Minute()}",
        Standing.Expired => "Pasaron más de 60 días desde tu visita, el recibo ya no se puede facturar",
        Standing.Invoiced => "Tu visita ya tiene factura. ¿No te llegó? Pide que te la reenviemos",
        _ => "Ese recibo no aparece en la clínica elegida. Revisa los datos",
    };
}
