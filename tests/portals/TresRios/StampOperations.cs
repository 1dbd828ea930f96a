using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.TresRios;

/// <summary>POST autofactura/timbrar: emits what the list holds. POST autofactura/reimprimir: RFC and operation give the files again.</summary>
public static class StampOperations
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        if (visit.Session.Ticket is not { } ticket) return AddOperation.No("Tu lista está vacía");
        if (Typed.Missing(visit, ("rfc", "RFC"), ("nombre", "Nombre fiscal"), ("cp", "CP"), ("regimen", "Régimen"), ("uso", "Uso"), ("correo", "Correo")) is { } label) return AddOperation.No($"Te falta: {label}");
        var issued = desk.Issue(ticket, visit.Receptor());
        if (issued.Refusal is { } refusal) return AddOperation.No($"El SAT devolvió el siguiente error: {refusal}");
        if (issued.Emission is not { } emission) return AddOperation.No("Esta operación cuenta con CFDI emitido. Ve a la pestaña Reimprimir");
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Files(visit, emission, "¡Comprobante timbrado!");
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        if (Typed.Missing(visit, ("rfc", "RFC"), ("operacion", "Núm. de operación")) is { } label) return AddOperation.No($"Te falta: {label}");
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("operacion");
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is { } emission) return Files(visit, emission, "Aquí está tu comprobante");
        return AddOperation.No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true }
            ? "El CFDI de esta operación fue emitido a otro receptor"
            : "La operación no tiene CFDI emitido");
    }

    private static IResult Files(Visit visit, Emission emission, string message) => Results.Json(new { ok = true, mensaje = message, uuid = emission.FileName, id = visit.Session.Hold(emission) });
}
