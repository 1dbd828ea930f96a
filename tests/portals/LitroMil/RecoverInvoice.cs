using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LitroMil;

/// <summary>POST consulta.aspx: RFC and folio give the files again.</summary>
public static class RecoverInvoice
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("txtDespacho");
        if (desk.Recover(visit.Portal.Merchant, visit.Field("txtRfc").ToUpperInvariant(), Printed) is { } emission)
            return visit.Page("generada", ("mensaje", "Factura localizada"), ("uuid", emission.FileName), ("id", visit.Session.Hold(emission).ToString()));
        var invoiced = ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true };
        return visit.Page("consulta", ("mensaje", invoiced
            ? "El folio fue facturado a otro R.F.C., comuníquese a la estación"
            : "No existe factura con esos datos"));
    }
}
