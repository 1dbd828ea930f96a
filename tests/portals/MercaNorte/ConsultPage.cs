using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.MercaNorte;

/// <summary>«Consulta o reenvía tu factura»: RFC and TC# show the PDF again and mail the files again.</summary>
public static class ConsultPage
{
    public static IResult Open(Visit visit) => Results.Redirect("/frmDatos.aspx");

    /// <summary>The answer to radConsultar on frmDatos.aspx.</summary>
    internal static IResult For(Visit visit, InvoiceDesk desk, string rfc)
    {
        if (desk.Recover(visit.Portal.Merchant, rfc, ticket => ticket.Folio == visit.Field("txtTC")) is not { } emission)
            return ViewState.Draw(visit, "datos", ("mensaje", "No existe factura para el RFC y TC# capturados"));
        visit.Session.Hold(emission);
        return Show(visit, emission, "Consulta o reenvía tu factura");
    }

    internal static IResult Show(Visit visit, Emission emission, string message)
    {
        visit.Session.Values["mostrada"] = emission.Uuid.ToString();
        return ViewState.Draw(visit, "generada", ("mensaje", message), ("uuid", emission.FileName), ("id", emission.Uuid.ToString()));
    }

    public static IResult PostBack(Visit visit, MailRoom mail)
    {
        if (ViewState.Stale(visit) is { } expired) return expired;
        if (!visit.Session.Values.TryGetValue("mostrada", out var id) || !visit.Session.Emissions.TryGetValue(Guid.Parse(id), out var emission)) return ViewState.Expired(visit);
        if (visit.Field("txtReenvio").Length == 0) return Show(visit, emission, "Capture el correo electrónico");
        mail.Send(emission, visit.Field("txtReenvio"), MercaNortePortal.ByMail);
        return Show(visit, emission, $"La factura se reenvió a {visit.Field("txtReenvio")}");
    }
}
