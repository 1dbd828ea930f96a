using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.MercaNorte;

/// <summary>Default.aspx and frmDatos.aspx: RFC, postal code, TC# and TR#. Asking too early closes the transaction for 24 hours, each new try again.</summary>
public static class FirstPages
{
    private static readonly TimeSpan CoolDown = TimeSpan.FromHours(24);

    public static IResult Welcome(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        return visit.Page("inicio", ("mensaje", visit.Session.TakeNotice()));
    }

    public static IResult Open(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        return ViewState.Draw(visit, "datos");
    }

    public static IResult PostBack(Visit visit, InvoiceDesk desk, Reservations reservations)
    {
        if (ViewState.Stale(visit) is { } expired) return expired;
        if (Typed.Missing(visit, ("txtMemRFC", "RFC"), ("txtCP", "Código Postal"), ("txtTC", "TC#")) is { } label) return ViewState.Draw(visit, "datos", ("mensaje", $"Capture {label}"));
        var rfc = visit.Field("txtMemRFC").ToUpperInvariant();
        if (!Typed.LooksLikeRfc(rfc)) return ViewState.Draw(visit, "datos", ("mensaje", "El RFC es incorrecto"));
        if (visit.Field("accion") == "radConsultar") return ConsultPage.For(visit, desk, rfc);
        var key = $"{visit.Portal.Merchant.Portal}:{visit.Field("txtTC")}";
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("txtTC") && ticket.Fields["tr"] == visit.Field("txtTR"));
        if (lookup.Standing == Standing.NotYet || lookup.Standing == Standing.Open && reservations.Held(key))
        {
            reservations.Take(key, "", CoolDown);
            return ViewState.Draw(visit, "datos", ("mensaje", "Su solicitud no puede ser procesada, intente después de 24 horas"));
        }

        if (lookup.Standing != Standing.Open) return ViewState.Draw(visit, "datos", ("mensaje", Answer(lookup)));
        visit.Session.Ticket = lookup.Ticket;
        (visit.Session.Values["rfc"], visit.Session.Values["cp"]) = (rfc, visit.Field("txtCP"));
        return Results.Redirect(RfcList.Saved(rfc).Count > 0 ? "/frmRFCLista.aspx" : "/frmRFCEdita.aspx");
    }

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.Expired => $"El plazo para facturar esta compra venció el {lookup.When!.Value.Day()}",
        Standing.Invoiced => "El ticket ya ha sido facturado. Consulta o reenvía tu factura",
        _ => "La transacción no se encuentra, verifique TC# y TR#",
    };
}
