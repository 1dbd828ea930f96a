using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.OxxoTest;

/// <summary>POST generar.do: emits for the ticket that the session validated.</summary>
public static class GenerateInvoice
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        if (visit.Session.Ticket is not { } ticket || !visit.Session.Values.ContainsKey("etapa"))
            return new Reply(false, "Primero debe validar su ticket").Json(visit);
        if (Typed.Missing(visit, ("rfc", "RFC"), ("nombre", "Razón social"), ("cp", "C.P."), ("regimen", "Régimen fiscal"), ("uso", "Uso CFDI"), ("correo", "Correo")) is { } label)
            return new Reply(false, $"Dato requerido: {label}").Json(visit);
        var receptor = visit.Receptor(ViewKeys.KeyOf(visit, visit.Field("regimen")), ViewKeys.KeyOf(visit, visit.Field("uso")));
        var issued = desk.Issue(ticket, receptor);
        if (issued.Refusal is { } refusal) return new Reply(false, $"Error al generar la factura: {refusal}").Json(visit);
        if (issued.Emission is not { } emission) return new Reply(false, "El ticket ya fue facturado", Reimpresion: true).Json(visit);
        visit.Session.Hold(emission);
        return visit.LosesAnswer(ticket) ? Results.Empty : new Reply(true, "Factura generada con éxito", Id: emission.Uuid).Json(visit);
    }
}
