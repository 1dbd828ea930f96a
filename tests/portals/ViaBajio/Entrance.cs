using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.ViaBajio;

/// <summary>Acceso.aspx: who one is. Of an RFC that was invoiced before the data of its last invoice are known.</summary>
public static class Entrance
{
    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        return Page(visit, visit.Session.TakeNotice());
    }

    public static IResult Enter(Visit visit, CaptchaDesk captchas, TicketLedger ledger)
    {
        var rfc = visit.Field("txtRfc").ToUpperInvariant();
        if (Typed.Missing(visit, ("txtRfc", "RFC"), ("txtCorreo", "Correo electrónico"), ("captcha", "código")) is { } label) return Page(visit, $"Proporcione su {label}");
        if (captchas.Judge(visit.Portal.Merchant.Portal, visit.Session.Id, visit.Field("captcha")) != CaptchaVerdict.Right) return Page(visit, "El código capturado es incorrecto");
        if (!Typed.LooksLikeRfc(rfc)) return Page(visit, "El RFC no tiene un formato válido");
        var known = ledger.LastTo(visit.Portal.Merchant, rfc)?.Receptor;
        var old = visit.Strike("stale_receptor") is not null && TaxpayerRegistry.Find(rfc) is { } taxpayer ? StaleCustomer.Of(taxpayer) : null;
        var values = visit.Session.Values;
        values.Clear();
        (values["rfc"], values["correo"]) = (rfc, visit.Field("txtCorreo"));
        if (known is not null) (values["nombre"], values["cp"], values["regimen"]) = (old?.Nombre ?? known.Nombre, old?.Cp ?? known.PostalCode, known.Regimen);
        return Results.Redirect("/Portal/Inicio.aspx");
    }

    private static IResult Page(Visit visit, string message) => visit.Page("acceso", ("mensaje", message), ("captcha", ""));
}
