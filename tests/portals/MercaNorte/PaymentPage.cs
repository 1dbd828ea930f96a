using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.MercaNorte;

/// <summary>frmPago.aspx: the payment form must be the ticket's; cash is not offered.</summary>
public static class PaymentPage
{
    private static readonly Dictionary<string, string> Forms = new() { ["04"] = "Tarjeta de crédito", ["05"] = "Monedero electrónico", ["28"] = "Tarjeta de débito" };

    public static IResult Open(Visit visit) => RfcEdit.Receptor(visit) is null ? ViewState.Expired(visit) : Draw(visit, "");

    public static IResult PostBack(Visit visit)
    {
        if (ViewState.Stale(visit) is { } expired) return expired;
        if (visit.Session.Ticket is not { } ticket) return ViewState.Expired(visit);
        if (visit.Field("ddlPaymentType").Length == 0) return Draw(visit, "Seleccione la forma de pago");
        if (visit.Field("ddlPaymentType") != ticket.FormaPago) return Draw(visit, "La forma de pago no corresponde a su compra");
        visit.Session.Values["forma"] = ticket.FormaPago;
        return Results.Redirect("/frmReporte.aspx");
    }

    private static IResult Draw(Visit visit, string message) =>
        ViewState.Draw(visit, "pago", ("mensaje", message), ("formas", Options.Of(Forms, visit.Field("ddlPaymentType"), "Seleccione...")));
}
