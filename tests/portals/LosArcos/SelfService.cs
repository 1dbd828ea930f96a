using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LosArcos;

/// <summary>The rented page: ticket, receptor, invoice, and the files once more for ticket and RFC.</summary>
public static class SelfService
{
    private const string Businesses = "601 603 606 612 620 621 622 623 624 625 626";

    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        return visit.Page("autofactura", ("aviso", JsonSerializer.Serialize(visit.Session.TakeNotice())),
            ("regimenes", JsonSerializer.Serialize(SatCatalogs.Regimenes.Select(entry => new { v = entry.Key, t = $"{entry.Key} - {entry.Value}" }))),
            ("usos", JsonSerializer.Serialize(SatCatalogs.Usos.Select(entry => new { v = entry.Key, t = $"{entry.Key} - {entry.Value}", r = entry.Key[0] is 'G' or 'I' ? Businesses : "" }))));
    }

    public static IResult Find(Visit visit, InvoiceDesk desk)
    {
        if (Typed.Missing(visit, ("ticket", "No. de ticket"), ("fecha", "Fecha de compra"), ("total", "Total de la compra")) is { } label) return No($"El campo {label} es obligatorio.");
        var total = Typed.Amount(visit.Field("total"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("ticket") && ticket.Fields["fecha"] == visit.Field("fecha") && ticket.Total == total);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Results.Json(new { ok = true, ticket = lookup.Ticket!.Folio, total = lookup.Ticket.Fields["total"] });
    }

    public static IResult Invoice(Visit visit, InvoiceDesk desk)
    {
        if (visit.Session.Ticket is not { } ticket) return No("Captura primero los datos de tu ticket.");
        if (Typed.Missing(visit, ("rfc", "RFC"), ("nombre", "Nombre o razón social"), ("cp", "Código postal"), ("regimen", "Régimen fiscal"), ("uso", "Uso de CFDI"), ("correo", "Correo electrónico")) is { } label) return No($"El campo {label} es obligatorio.");
        if (visit.Field("terminos").Length == 0) return No("Debes aceptar los términos y condiciones.");
        if (!Typed.LooksLikeRfc(visit.Field("rfc").ToUpperInvariant())) return No("El formato del RFC no es válido.");
        var issued = desk.Issue(ticket, visit.Receptor());
        if (issued.Refusal is { } refusal) return No($"No fue posible timbrar tu factura. {refusal}");
        if (issued.Emission is not { } emission) return No(Answer(new(Standing.Invoiced, ticket)));
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Done(visit, emission);
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("ticket");
        if (Typed.Missing(visit, ("ticket", "No. de ticket"), ("rfc", "RFC")) is { } label) return No($"El campo {label} es obligatorio.");
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is { } emission) return Done(visit, emission);
        return No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "El ticket fue facturado con un RFC diferente." : "No se encontró ninguna factura con los datos proporcionados.");
    }

    private static IResult Done(Visit visit, Emission emission) => Results.Json(new { ok = true, id = visit.Session.Hold(emission), uuid = emission.Uuid.ToString().ToUpperInvariant() });

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Tu ticket aún no está disponible para facturar. Inténtalo después de las {lookup.When!.Value.Minute()}.",
        Standing.Expired => $"El plazo para facturar este ticket venció el {lookup.When!.Value.Day()}.",
        Standing.Invoiced => "Este ticket ya fue facturado. Si necesitas tus archivos ve a Consultar factura.",
        _ => "No encontramos tu ticket. Verifica que los datos sean iguales a los de tu comprobante.",
    };
}
