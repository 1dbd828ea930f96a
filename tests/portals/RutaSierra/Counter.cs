using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.RutaSierra;

/// <summary>boleto.xhtml, emision.xhtml and reimpresion.xhtml.</summary>
public static class Counter
{
    private static readonly Dictionary<string, string> Payments = new() { ["01"] = "Efectivo", ["03"] = "Transferencia electrónica de fondos", ["04"] = "Tarjeta de crédito", ["28"] = "Tarjeta de débito" };

    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        return visit.Page("boleto", ("aviso", JsonSerializer.Serialize(visit.Session.TakeNotice())), ("regimenes", List(SatCatalogs.Regimenes)), ("usos", List(SatCatalogs.Usos)), ("pagos", List(Payments)));
    }

    public static IResult Find(Visit visit, InvoiceDesk desk)
    {
        if (Typed.Missing(visit, ("boleto", "Número de boleto"), ("asiento", "Asiento"), ("fecha", "Fecha de viaje"), ("pagado", "Importe pagado")) is { } label) return No($"{label}: Error de validación: se necesita un valor.");
        var paid = Typed.Amount(visit.Field("pagado"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => string.Equals(ticket.Folio, visit.Field("boleto"), StringComparison.OrdinalIgnoreCase) && ticket.Fields["asiento"] == visit.Field("asiento") && ticket.Fields["fecha"] == visit.Field("fecha") && ticket.Total == paid);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Results.Json(new { ok = true, mensaje = "" });
    }

    public static IResult Emit(Visit visit, InvoiceDesk desk)
    {
        if (visit.Session.Ticket is not { } ticket) return No("Capture primero su boleto");
        if (Typed.Missing(visit, ("rfc", "RFC"), ("nombre", "Razón social o nombre"), ("cp", "C.P. fiscal"), ("regimen", "Régimen fiscal"), ("uso", "Uso del comprobante"), ("pago", "Forma de pago"), ("correo", "Correo")) is { } label) return No($"{label}: Error de validación: se necesita un valor.");
        if (visit.Field("pago") != ticket.FormaPago) return No("La forma de pago seleccionada difiere de la registrada en taquilla");
        var issued = desk.Issue(ticket, visit.Receptor());
        if (issued.Refusal is { } refusal) return No($"Timbrado rechazado. {refusal}");
        if (issued.Emission is not { } emission) return No(Answer(new(Standing.Invoiced, ticket)));
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Done(visit, emission, "Emisión concluida");
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        bool Printed(Ticket ticket) => string.Equals(ticket.Folio, visit.Field("boleto"), StringComparison.OrdinalIgnoreCase);
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is { } emission) return Done(visit, emission, "");
        return No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "El comprobante de ese boleto está emitido a otra razón social" : "El boleto no tiene comprobantes");
    }

    private static IResult Done(Visit visit, Emission emission, string message) => Results.Json(new { ok = true, mensaje = message, id = visit.Session.Hold(emission), boleto = emission.Ticket.Folio, uuid = emission.Uuid });

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string List(IReadOnlyDictionary<string, string> catalogue) => JsonSerializer.Serialize(catalogue.Select(entry => new { v = entry.Key, t = $"{entry.Key} {entry.Value}" }));

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"El viaje no ha sido liquidado por la central. Se podrá facturar desde las {lookup.When!.Value.Minute()}",
        Standing.Expired => "El boleto rebasa la fecha permitida para su facturación",
        Standing.Invoiced => "El boleto presenta un comprobante fiscal emitido. Puede reimprimirlo",
        _ => "Boleto sin registro de venta. Compruebe número, asiento, fecha e importe",
    };
}
