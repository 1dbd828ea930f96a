using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.SieteSoles;

/// <summary>POST rest/consulta: RFC and ticket give the ZIP again.</summary>
public static class FindInvoice
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("noTicket");
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfcCliente").ToUpperInvariant(), Printed) is { } emission)
            return Results.Json(new { ok = true, mensaje = "Factura encontrada", uuid = emission.FileName, id = visit.Session.Hold(emission) });
        return Results.Json(new
        {
            ok = false,
            mensaje = ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "El ticket fue facturado a otro RFC" : "No existe factura con los datos proporcionados",
        });
    }
}
