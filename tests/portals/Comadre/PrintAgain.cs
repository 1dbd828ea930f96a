using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Comadre;

/// <summary>POST /reimprimir: code, folio and RFC of an invoice give its files.</summary>
public static class PrintAgain
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("FolioTicket") && FindBill.HasCode(ticket, visit);
        if (desk.Recover(visit.Portal.Merchant, visit.Field("RFC").ToUpperInvariant(), Printed) is { } emission)
            return InvoiceBill.Files(visit, visit.Session.Hold(emission), "Aquí está tu factura");
        return visit.Page("reimprimir", ("mensaje", ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true }
            ? "El ticket está facturado, pero no con el RFC que ingresaste"
            : "El ticket no está facturado"));
    }
}
