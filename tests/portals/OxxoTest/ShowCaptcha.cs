using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.OxxoTest;

/// <summary>GET captcha.do: the session's picture; <c>otra=1</c> draws another.</summary>
public static class ShowCaptcha
{
    public static IResult Handle(Visit visit, CaptchaDesk captchas, string? otra)
    {
        visit.Context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(captchas.Show(visit.Portal.Merchant.Portal, visit.Session.Id, otra is "1").Png, "image/png");
    }
}
