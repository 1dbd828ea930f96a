using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Nopalera;

/// <summary>POST api/search «Mis comprobantes»: RFC, ticket and amount give the files again.</summary>
public static class SearchInvoice
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, TicketLedger ledger, SimulatedClock clock)
    {
        var total = Typed.Amount(visit.Field("total"));
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("folio") && ticket.Total == total;
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is { } emission)
            return CreateInvoice.Files(emission, "Encontramos tu comprobante", clock);
        return AddTicket.No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true }
            ? "El comprobante de este ticket pertenece a otro RFC"
            : "No hay comprobantes con esos datos");
    }
}
