using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Brasero;

/// <summary>What the stepper asks its server.</summary>
public static class Stepper
{
    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        return visit.Page("stepper", ("aviso", JsonSerializer.Serialize(visit.Session.TakeNotice())), ("sucursales", JsonSerializer.Serialize(BraseroPortal.Branches)), ("regimenes", List(SatCatalogs.Regimenes)), ("usos", List(SatCatalogs.Usos)));
    }

    public static IResult Find(Visit visit, InvoiceDesk desk)
    {
        var total = Typed.Amount(visit.Field("total"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("folio") && ticket.Fields["sucursal"] == visit.Field("sucursal") && ticket.Fields["fecha"] == visit.Field("fecha") && ticket.Total == total);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Results.Json(new { ok = true });
    }

    public static IResult Emit(Visit visit, InvoiceDesk desk)
    {
        if (visit.Session.Ticket is not { } ticket) return No("Primero valida tu ticket");
        var issued = desk.Issue(ticket, visit.Receptor());
        if (issued.Refusal is { } refusal) return No($"No pudimos emitir tu factura: {refusal}");
        if (issued.Emission is not { } emission) return No(Answer(new(Standing.Invoiced, ticket)));
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Done(visit, emission);
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("folio");
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is { } emission) return Done(visit, emission);
        return No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "La factura de este folio está a nombre de otro RFC" : "No tenemos facturas con ese folio y RFC");
    }

    private static IResult Done(Visit visit, Emission emission) => Results.Json(new { ok = true, id = visit.Session.Hold(emission), uuid = emission.Uuid });

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string List(IReadOnlyDictionary<string, string> catalogue) => JsonSerializer.Serialize(catalogue.Select(entry => new { v = entry.Key, t = $"{entry.Key} - {entry.Value}" }));

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Tu cuenta aún no se cierra en el sistema. Intenta de nuevo a las {lookup.When!.Value.Minute()}",
        Standing.Expired => "Lo sentimos, el tiempo para facturar tu consumo terminó (7 días)",
        Standing.Invoiced => "Este consumo ya está facturado. Encuéntralo en Mis facturas",
        _ => "No encontramos tu consumo, revisa tu ticket",
    };
}
