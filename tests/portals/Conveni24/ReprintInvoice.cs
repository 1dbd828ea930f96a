using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Conveni24;

/// <summary>POST reimpresionFactura.do: RFC, folio and total give the files again.</summary>
public static class ReprintInvoice
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        var total = Typed.Amount(visit.Field("total"));
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("folio") && ticket.Total == total;
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is { } emission)
            return visit.Page("reimpreso", ("descargas", visit.Fragment("descargas", ("uuid", emission.FileName), ("id", visit.Session.Hold(emission).ToString()))));
        var invoiced = ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true };
        return visit.Page("reimpresion", ("mensaje", invoiced
            ? "El ticket fue facturado con un RFC distinto al capturado"
            : "No se encontró factura con los datos proporcionados"));
    }
}
