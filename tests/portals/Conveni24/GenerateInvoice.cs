using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Conveni24;

/// <summary>«Generar Factura»: emits for the ticket that the view validated.</summary>
internal static class GenerateInvoice
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        if (visit.Session.Ticket is not { } ticket || !visit.Session.Values.ContainsKey("etapa"))
            return new PartialResponse().Growl("Primero debe validar su ticket").Result();
        if (Typed.Missing(visit, ("rfc", "RFC"), ("razon", "Razón social"), ("codigo", "C.P."), ("regimen_input", "Régimen fiscal"), ("uso_input", "Uso CFDI"), ("correo", "Correo")) is { } label)
            return new PartialResponse().Growl($"{label}: Error de validación, se necesita un valor.").Result();
        var receptor = new Receptor(visit.Field("rfc").ToUpperInvariant(), visit.Field("razon"), visit.Field("codigo"),
            ReceptorPanel.KeyOf(visit, "regimen_input"), ReceptorPanel.KeyOf(visit, "uso_input"), visit.Field("correo"));
        var issued = desk.Issue(ticket, receptor);
        if (issued.Refusal is { } refusal) return Say(visit, "error", $"Error al generar la factura: {refusal}");
        if (issued.Emission is not { } emission) return Say(visit, "facturado", "El ticket ya fue facturado");
        visit.Session.Hold(emission);
        if (visit.LosesAnswer(ticket)) return Results.Empty;
        return new PartialResponse()
            .Update("form:panelReceptor", ReceptorPanel.Closed(visit))
            .Update("form:panelDescarga", visit.Fragment("descargas", ("uuid", emission.FileName), ("id", emission.Uuid.ToString())))
            .Growl("Operación realizada con éxito").Result();
    }

    private static IResult Say(Visit visit, string kind, string message) =>
        new PartialResponse().Update("form:panelTicket", View.TicketPanel(visit, message, kind)).Growl(message).Result();
}
