using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Lucero;

/// <summary>«Reenviar»: RFC and ticket send the files once more to the mail typed.</summary>
internal static class MailAgain
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, TicketLedger ledger, MailRoom mail)
    {
        if (Wizard.Miscut(visit)) return Wizard.Show(visit, "reenviar", "RFC u homoclave incorrectos, favor de verificar");
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("txtNumTicket");
        if (desk.Recover(LuceroPortal.Shop, Wizard.Rfc(visit), Printed) is not { } emission)
        {
            return Wizard.Show(visit, "reenviar", ledger.Find(LuceroPortal.Shop, Printed) is { Invoiced: true }
                ? "El ticket se facturó con un RFC distinto al capturado"
                : "El ticket no cuenta con factura");
        }

        if (visit.Field("txtEmail").Length == 0) return Wizard.Show(visit, "reenviar", "Capture su email");
        mail.Send(emission, visit.Field("txtEmail"), LuceroPortal.ByMail);
        return Wizard.Show(visit, "gracias", "Su factura se reenvió a su email", ("texto", $"Factura {emission.FileName}"));
    }
}
