using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Simple;

/// <summary>POST /consulta: the files of a ticket that was invoiced to the RFC given.</summary>
public static class RecoverInvoice
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, Engine.Ledger.TicketLedger ledger)
    {
        var rfc = visit.Field("rfc").ToUpperInvariant();
        bool Printed(Engine.Ledger.Ticket ticket) => ticket.Folio == visit.Field("folio");
        if (desk.Recover(visit.Portal.Merchant, rfc, Printed) is { } emission)
        {
            visit.Session.Hold(emission);
            return ShowResult.Of(visit, emission, "Se encontró su factura.");
        }

        var invoiced = ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true };
        return visit.Page("consulta", ("mensaje", invoiced
            ? "El ticket se encuentra facturado a otro RFC. Acuda a la sucursal con su ticket para cualquier aclaración."
            : "No se encontró ninguna factura con los datos proporcionados."));
    }
}
