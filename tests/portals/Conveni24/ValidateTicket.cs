using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Conveni24;

/// <summary>«Validar Ticket». An unknown ticket and one of less than 24 hours get the same answer.</summary>
internal static class ValidateTicket
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.TryRemove("etapa", out _);
        if (Typed.Missing(visit, ("fecha_input", "Fecha de compra"), ("folio", "Folio de venta"), ("venta", "ID"), ("total", "Total")) is { } label)
            return View.WithHelp(visit, new PartialResponse().Growl($"{label}: Error de validación, se necesita un valor.")).Result();
        var total = Typed.Amount(visit.Field("total"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket =>
            ticket.Folio == visit.Field("folio") && ticket.Fields["fecha"] == visit.Field("fecha_input") && ticket.Total == total
            && string.Equals(ticket.Fields["venta"], visit.Field("venta"), StringComparison.OrdinalIgnoreCase));
        var valid = lookup.Standing == Standing.Open;
        if (valid) visit.Session.Ticket = lookup.Ticket;
        var (message, kind) = Answer(lookup);
        var response = new PartialResponse().Update("form:panelTicket", View.TicketPanel(visit, message, kind, valid))
            .Update("form:panelReceptor", ReceptorPanel.Closed(visit));
        return (valid ? response : View.WithHelp(visit, response)).Result();
    }

    private static (string Message, string Kind) Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.Open => ("El ticket ingresado es válido", "info"),
        Standing.Invoiced => ("El ticket ya fue facturado", "facturado"),
        Standing.Expired => ($"El periodo de facturación de este ticket ha concluido ({lookup.When!.Value.Day()})", "error"),
        _ => ("La validación del ticket no tuvo éxito", "error"),
    };
}
