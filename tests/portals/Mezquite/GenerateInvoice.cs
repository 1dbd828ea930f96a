using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Mezquite;

/// <summary>«Generar»: emits with the ticket's own payment form; the files only travel by mail.</summary>
internal static class GenerateInvoice
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, MailRoom mail)
    {
        if (visit.Session.Ticket is not { } ticket) return InvoicePage.With(visit, "", "Primero busque su despacho");
        if (!visit.Session.Values.TryGetValue("rfc", out var rfc) || !rfc.Equals(visit.Field("inputRfc2"), StringComparison.OrdinalIgnoreCase))
            return InvoicePage.With(visit, "", "Faltan datos por capturar");
        if (Typed.Missing(visit, ("inputRazon", "razón social"), ("inputCorreo", "correo"), ("inputCp", "código postal"), ("cmbRegimen", "régimen"), ("cmbUsos", "uso de CFDI")) is { } label)
            return InvoicePage.With(visit, "", $"Falta capturar {label}");
        var receptor = new Receptor(rfc, visit.Field("inputRazon"), visit.Field("inputCp"), visit.Field("cmbRegimen"), visit.Field("cmbUsos"), visit.Field("inputCorreo"));
        var issued = desk.Issue(ticket, receptor);
        if (issued.Refusal is { } refusal) return InvoicePage.With(visit, "", $"Error al timbrar: {refusal}");
        if (issued.Emission is not { } emission) return InvoicePage.With(visit, $"Folio {ticket.Folio} ya ha sido facturado.");
        mail.Send(emission, receptor.Correo, MezquitePortal.ByMail);
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty
            : InvoicePage.With(visit, $"Factura {emission.Ticket.Merchant.Serie}-{ticket.Folio} generada. En breve la recibirá en el correo {receptor.Correo}");
    }
}
