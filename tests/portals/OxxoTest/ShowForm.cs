using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.OxxoTest;

/// <summary>GET inicio.do: the page anew; whatever the session had validated is forgotten.</summary>
public static class ShowForm
{
    public static IResult Handle(Visit visit, CaptchaDesk captchas)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        captchas.Show(visit.Portal.Merchant.Portal, visit.Session.Id, another: true);
        return visit.Page("inicio",
            ("mensaje", visit.Session.TakeNotice()),
            ("regimenes", Options.Of(ViewKeys.Draw(visit, SatCatalogs.Regimenes), "", "-- Elija --")),
            ("usos", Options.Of(ViewKeys.Draw(visit, SatCatalogs.Usos), "", "-- Elija --")));
    }
}
