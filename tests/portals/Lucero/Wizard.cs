using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Lucero;

/// <summary>GET and POST lucero_efw.aspx: every step under one address; the picture that was pressed says which.</summary>
public static class Wizard
{
    public static IResult Open(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        return Show(visit, "bienvenida", visit.Session.TakeNotice());
    }

    public static IResult PostBack(Visit visit, InvoiceDesk desk, CaptchaDesk captchas, TicketLedger ledger, MailRoom mail)
    {
        bool Pressed(string picture) => visit.Field($"{picture}.x").Length > 0;
        if (Pressed("imbCrearFactura")) return Show(visit, "ticket");
        if (Pressed("imbConsultar")) return Show(visit, "reenviar");
        if (Pressed("imgSiguiente")) return TicketStep.Handle(visit, desk, captchas);
        if (Pressed("imgAlta")) return CustomerStep.Handle(visit);
        if (Pressed("imgFacturar")) return InvoiceStep.Handle(visit, desk, mail);
        return Pressed("imgReenviar") ? MailAgain.Handle(visit, desk, ledger, mail) : Open(visit);
    }

    /// <param name="alert">Said in a dialog of the browser, before the page can be used.</param>
    internal static IResult Show(Visit visit, string page, string alert = "", params ReadOnlySpan<(string Name, string Value)> values) =>
        visit.Page(page, [("alerta", alert.Length == 0 ? "" : $"<script>alert({JsonSerializer.Serialize(alert)})</script>"), .. values]);

    /// <summary>The two boxes together.</summary>
    internal static string Rfc(Visit visit) => (visit.Field("txtRFC") + visit.Field("txtHomoCve")).ToUpperInvariant();

    /// <summary>A RFC cut anywhere else than before its last three characters.</summary>
    internal static bool Miscut(Visit visit) => visit.Field("txtHomoCve").Length != 3 || !Typed.LooksLikeRfc(Rfc(visit));
}
