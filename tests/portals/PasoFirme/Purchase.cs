using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.PasoFirme;

/// <summary>What the modals ask their server.</summary>
public static class Purchase
{
    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        return visit.Page("inicio", ("aviso", JsonSerializer.Serialize(visit.Session.TakeNotice())), ("regimenes", List(SatCatalogs.Regimenes)), ("usos", List(SatCatalogs.Usos)),
            ("tiendas", JsonSerializer.Serialize(PasoFirmePortal.Shops.Select(shop => new { v = shop.Key, t = $"{shop.Key} {shop.Value}" }))));
    }

    public static IResult Find(Visit visit, InvoiceDesk desk)
    {
        if (Typed.Missing(visit, ("tienda", "la tienda"), ("transaccion", "la transacción"), ("fecha", "la fecha"), ("total", "el total")) is { } label) return No($"Falta {label}");
        var total = Typed.Amount(visit.Field("total"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio.Replace("-", "", StringComparison.Ordinal) == visit.Field("transaccion").Replace("-", "", StringComparison.Ordinal)
            && ticket.Fields["tienda"] == visit.Field("tienda") && ticket.Fields["fecha"] == visit.Field("fecha") && ticket.Total == total);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Results.Json(new { ok = true, total = lookup.Ticket!.Fields["total"] });
    }

    public static IResult Invoice(Visit visit, InvoiceDesk desk, MailRoom mail)
    {
        if (visit.Session.Ticket is not { } ticket) return No("Primero busca tu compra");
        if (Typed.Missing(visit, ("rfc", "el RFC"), ("nombre", "el nombre o razón social"), ("cp", "el código postal"), ("regimen", "el régimen fiscal"), ("uso", "el uso de la factura"), ("correo", "el correo")) is { } label) return No($"Falta {label}");
        var issued = desk.Issue(ticket, visit.Receptor());
        if (issued.Refusal is { } refusal) return No($"El SAT no aceptó tus datos: {refusal}");
        if (issued.Emission is not { } emission) return No(Answer(new(Standing.Invoiced, ticket)));
        mail.Send(emission, visit.Field("correo"), PasoFirmePortal.ByMail);
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Results.Json(new { ok = true, uuid = emission.FileName, correo = visit.Field("correo") });
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger, MailRoom mail)
    {
        bool Printed(Ticket ticket) => ticket.Folio.Replace("-", "", StringComparison.Ordinal) == visit.Field("transaccion").Replace("-", "", StringComparison.Ordinal);
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is not { } emission)
            return No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "Esa compra se facturó a otro RFC" : "Esa compra todavía no tiene factura");
        mail.Send(emission, visit.Field("correo"), PasoFirmePortal.ByMail);
        return Results.Json(new { ok = true, uuid = emission.FileName, correo = visit.Field("correo") });
    }

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string List(IReadOnlyDictionary<string, string> catalogue) => JsonSerializer.Serialize(catalogue.Select(entry => new { v = entry.Key, t = $"{entry.Key} · {entry.Value}" }));

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Tu compra es muy reciente. La podrás facturar a partir del {lookup.When!.Value.Minute()}",
        Standing.Expired => "Ya pasaron los 45 días que tenías para facturar esta compra",
        Standing.Invoiced => "Esta compra ya se facturó. Si no te llegó la factura usa la opción Reenviar factura",
        _ => "No pudimos encontrar tu compra con esos datos",
    };
}
