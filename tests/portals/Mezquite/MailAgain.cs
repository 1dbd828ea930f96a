using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Mezquite;

/// <summary>POST reenviar.aspx: RFC and folio send the files again to the address typed.</summary>
public static class MailAgain
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, TicketLedger ledger, MailRoom mail)
    {
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("despacho") && string.Equals(ticket.Fields["web_id"], visit.Field("webId"), StringComparison.OrdinalIgnoreCase);
        if (desk.Recover(visit.Portal.Merchant, visit.Field("inputRfc2").ToUpperInvariant(), Printed) is { } emission)
        {
            mail.Send(emission, visit.Field("inputCorreo"), MezquitePortal.ByMail);
            return visit.Page("reenviar", ("mensaje", $"Folio {emission.Ticket.Folio} facturado. El comprobante {emission.FileName} se enviará a su correo"));
        }

        var invoiced = ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true };
        return visit.Page("reenviar", ("mensaje", invoiced ? "El folio fue facturado con otro R.F.C." : "No existe una factura con los datos proporcionados"));
    }
}
