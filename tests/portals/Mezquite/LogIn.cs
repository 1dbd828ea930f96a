using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Mezquite;

/// <summary>POST default.aspx: for registered users only, of whom this portal has none.</summary>
public static class LogIn
{
    public static IResult Handle(Visit visit, CaptchaDesk captchas) => visit.Page("acceso", ("mensaje",
        captchas.Judge(visit.Portal.Merchant.Portal, visit.Session.Id, visit.Field("txtCaptcha")) == CaptchaVerdict.Right
            ? "Usuario o contraseña incorrectos"
            : "El código de la imagen no coincide"));
}
