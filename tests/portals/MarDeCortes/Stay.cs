using System.Globalization;
using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.MarDeCortes;

/// <summary>A stay's charges, the invoice of one of them, and its mail once more.</summary>
public static class Stay
{
    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        return visit.Page("billing", ("aviso", JsonSerializer.Serialize(visit.Session.TakeNotice())), ("regimenes", List(SatCatalogs.Regimenes)), ("usos", List(SatCatalogs.Usos)));
    }

    /// <summary>POST billing/charges «Show charges»: the ticket's own among two of other rooms, in the order of their amounts.</summary>
    public static IResult Charges(Visit visit, InvoiceDesk desk)
    {
        if (Typed.Missing(visit, ("stay", "Stay number"), ("room", "Room")) is { } label) return No($"{label} is missing");
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("stay") && ticket.Fields["habitacion"] == visit.Field("room"));
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        var own = lookup.Ticket!.Total;
        var rows = ((decimal[])[own, own + 310.5m, Math.Max(90, own - 45.25m)]).Order().Select(amount => new { monto = amount.ToString("#,##0.00", CultureInfo.InvariantCulture), propio = amount == own, dia = lookup.Ticket.PurchasedAt.Day() });
        return Results.Json(new { ok = true, mensaje = "", cargos = rows });
    }

    public static IResult Invoice(Visit visit, InvoiceDesk desk, MailRoom mail)
    {
        if (visit.Session.Ticket is not { } ticket) return No("Please look up your stay first");
        if (Typed.Missing(visit, ("rfc", "RFC"), ("cp", "Postal code"), ("regimen", "Tax regime"), ("uso", "CFDI use"), ("correo", "E-mail")) is { } label) return No($"{label} is missing");
        var name = visit.Field("empresa") is { Length: > 0 } company ? company : string.Join(' ', ((string[])["nombres", "apellido1", "apellido2"]).Select(visit.Field).Where(part => part.Length > 0));
        var issued = desk.Issue(ticket, new(visit.Field("rfc").ToUpperInvariant(), name, visit.Field("cp"), visit.Field("regimen"), visit.Field("uso"), visit.Field("correo")));
        if (issued.Refusal is { } refusal) return No($"SAT rejected the invoice: {refusal}");
        if (issued.Emission is not { } emission) return No(Answer(new(Standing.Invoiced, ticket)));
        mail.Send(emission, visit.Field("correo"), MarDeCortesPortal.ByMail);
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Results.Json(new { ok = true, mensaje = "Done! Check your inbox" });
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger, MailRoom mail)
    {
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("stay");
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is not { } emission)
            return No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "This stay was invoiced under a different RFC" : "No invoice has been issued for this stay");
        mail.Send(emission, visit.Field("correo"), MarDeCortesPortal.ByMail);
        return Results.Json(new { ok = true, mensaje = "Sent again! Check your inbox" });
    }

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string List(IReadOnlyDictionary<string, string> catalogue) => JsonSerializer.Serialize(catalogue.Select(entry => new { v = entry.Key, t = $"{entry.Key} {entry.Value}" }));

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Charges are posted two hours after check-out. Please come back after {lookup.When!.Value.Minute()}",
        Standing.Expired => "The 60 days to invoice this stay have passed",
        Standing.Invoiced => "This stay has been invoiced already. Use Resend",
        _ => "We could not find that stay",
    };
}
