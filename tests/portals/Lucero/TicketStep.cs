using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Lucero;

/// <summary>«Siguiente»: RFC, ticket and captcha together; the customer's page comes with what was saved for the RFC, its mail of before always.</summary>
internal static class TicketStep
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, CaptchaDesk captchas)
    {
        var number = visit.Field("txtNumTicket");
        if (Wizard.Miscut(visit)) return Again(visit, "RFC u homoclave incorrectos, favor de verificar");
        if (number.Length == 0 || !number.All(char.IsAsciiDigit)) return Again(visit, "Capture el número de ticket sin espacios ni guiones");
        if (captchas.Judge(LuceroPortal.Shop.Portal, visit.Session.Id, visit.Field("txtCodigo")) != CaptchaVerdict.Right) return Again(visit, "El código de la imagen es incorrecto");
        var lookup = desk.LookUp(LuceroPortal.Shop, ticket => ticket.Folio == number);
        if (lookup.Standing != Standing.Open) return Again(visit, Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        visit.Session.Values["rfc"] = Wizard.Rfc(visit);
        return CustomerStep.Show(visit, "", Saved(visit, Wizard.Rfc(visit)));
    }

    private static StaleCustomer? Saved(Visit visit, string rfc)
    {
        if (TaxpayerRegistry.Find(rfc) is not { } taxpayer) return null;
        var saved = StaleCustomer.Of(taxpayer);
        return visit.Strike("stale_receptor") is null ? saved with { Nombre = "", Cp = "" } : saved;
    }

    private static IResult Again(Visit visit, string alert) => Wizard.Show(visit, "ticket", alert, ("txtCodigo", ""));

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Su ticket podrá facturarse 24 hrs. después de su compra ({lookup.When!.Value.Minute()})",
        Standing.Expired => $"El periodo para facturar su ticket concluyó el {lookup.When!.Value.Day()}",
        Standing.Invoiced => "El ticket ya cuenta con una factura. Si desea recibirla de nuevo utilice la opción Consultar Factura",
        _ => "El ticket capturado no existe, favor de verificarlo",
    };
}
