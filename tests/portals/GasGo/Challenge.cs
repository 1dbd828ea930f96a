using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.GasGo;

/// <summary>POST api/reto: what «No soy un robot» asks before it shows its tick. Only a person answers it.</summary>
public static class Challenge
{
    public static IResult Answer(Visit visit, CaptchaDesk captchas)
    {
        var right = captchas.Judge(visit.Portal.Merchant.Portal, visit.Session.Id, visit.Field("respuesta")) == CaptchaVerdict.Right;
        if (right) visit.Session.Values["persona"] = "si";
        return Results.Json(new { ok = right, mensaje = right ? "" : "Código incorrecto, intente de nuevo" });
    }
}
