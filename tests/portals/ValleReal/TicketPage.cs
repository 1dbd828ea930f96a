using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.ValleReal;

/// <summary>wpfacturar: station, transaction, Web ID, amount and the image; «Confirmar» leads to the customer's page.</summary>
public static class TicketPage
{
    public static IResult Open(Visit visit) => Show(visit, visit.Session.TakeNotice());

    public static IResult Confirm(Visit visit, InvoiceDesk desk, CaptchaDesk captchas)
    {
        if (Typed.Missing(visit, ("vESTACION", "Estación"), ("vTRANSACCION", "Transacción"), ("vWEBID", "Web ID"), ("vIMPORTE", "Importe"), ("cfield", "Código de la imagen")) is { } label) return Show(visit, $"Debe ingresar {label}");
        if (captchas.Judge(visit.Portal.Merchant.Portal, visit.Session.Id, visit.Field("cfield")) != CaptchaVerdict.Right) return Show(visit, "El código de la imagen no es correcto");
        var total = Typed.Amount(visit.Field("vIMPORTE"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("vTRANSACCION") && ticket.Fields["estacion"] == visit.Field("vESTACION")
            && ticket.Fields["web_id"].Equals(visit.Field("vWEBID"), StringComparison.OrdinalIgnoreCase) && ticket.Total == total);
        if (lookup.Standing != Standing.Open) return Show(visit, Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return CustomerPage.Show(visit, lookup.Ticket!, "");
    }

    internal static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"La transacción aún no se encuentra en el sistema, reintente después de {lookup.When!.Value.Minute()}",
        Standing.Expired => "La transacción está fuera del periodo permitido para facturar",
        Standing.Invoiced => "La transacción ya tiene una factura asociada",
        _ => "Transacción inexistente. Verifique los datos ingresados",
    };

    internal static IResult Show(Visit visit, string message)
    {
        visit.Session.Ticket = null;
        return visit.Page("facturar", ("mensaje", message), ("cfield", ""), ("estaciones", Options.Of(ValleRealPortal.Stations.Select(station => KeyValuePair.Create(station.Key, $"E.S. {station.Key} {station.Value}")), visit.Field("vESTACION"), "(Ninguno)")));
    }
}
