using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.MercaNorte;

/// <summary>frmReporte.aspx «Facturar»: emits; the PDF shows in a frame, XML and PDF go to the address typed.</summary>
public static class ReportPage
{
    public static IResult Open(Visit visit) => visit.Session.Values.ContainsKey("forma") ? Draw(visit, "") : ViewState.Expired(visit);

    public static IResult PostBack(Visit visit, InvoiceDesk desk, MailRoom mail)
    {
        if (ViewState.Stale(visit) is { } expired) return expired;
        if (visit.Session.Ticket is not { } ticket || RfcEdit.Receptor(visit) is not { } receptor || !visit.Session.Values.ContainsKey("forma")) return ViewState.Expired(visit);
        if (visit.Field("entrega").Length == 0) return Draw(visit, "Seleccione cómo desea recibir su factura");
        var issued = desk.Issue(ticket, receptor);
        if (issued.Refusal is { } refusal) return Draw(visit, refusal);
        if (issued.Emission is not { } emission) return Draw(visit, "El ticket ya ha sido facturado. Consulta o reenvía tu factura");
        mail.Send(emission, receptor.Correo, MercaNortePortal.ByMail);
        visit.Session.Hold(emission);
        return visit.LosesAnswer(ticket) ? Results.Empty : ConsultPage.Show(visit, emission, $"Su factura fue generada. El XML se enviará a {receptor.Correo}");
    }

    private static IResult Draw(Visit visit, string message) => ViewState.Draw(visit, "reporte", ("mensaje", message),
        ("rfc", visit.Session.Values["rfc"]), ("nombre", visit.Session.Values["txtRazon"]), ("total", visit.Session.Ticket?.Fields["total"] ?? ""));
}
