using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.OxxoTest;

/// <summary>POST validar.do: captcha first, then the ticket. A captcha is used up whatever comes of it.</summary>
public static class ValidateTicket
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, CaptchaDesk captchas)
    {
        visit.Session.Ticket = null;
        if (Typed.Missing(visit, ("fecha", "Fecha"), ("folio", "Folio de venta"), ("venta", "ID de venta"), ("total", "Total"), ("captcha", "Código")) is { } label)
            return new Reply(false, $"Dato requerido: {label}").Json(visit);
        var verdict = captchas.Judge(visit.Portal.Merchant.Portal, visit.Session.Id, visit.Field("captcha"));
        if (verdict == CaptchaVerdict.Expired) return new Reply(false, "El código de la imagen ha caducado, capture el nuevo código", Captcha: true).Json(visit);
        if (verdict == CaptchaVerdict.Wrong) return new Reply(false, "El código de la imagen es incorrecto", Captcha: true).Json(visit);
        var total = Typed.Amount(visit.Field("total"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket =>
            ticket.Folio == visit.Field("folio") && ticket.Fields["fecha"] == visit.Field("fecha") && ticket.Total == total
            && string.Equals(ticket.Fields["venta"], visit.Field("venta"), StringComparison.OrdinalIgnoreCase));
        if (lookup.Standing == Standing.Open) visit.Session.Ticket = lookup.Ticket;
        return Answer(lookup).Json(visit);
    }

    private static Reply Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.Open => new(true, "El ticket ingresado es válido"),
        Standing.NotYet => new(false, $"La validación del ticket no tuvo éxito. El ticket todavía no se encuentra disponible, intente después del {lookup.When!.Value.Minute()}", Captcha: true),
        Standing.Expired => new(false, $"El periodo de facturación de este ticket ha vencido ({lookup.When!.Value.Day()})", Captcha: true),
        Standing.Invoiced => new(false, "El ticket ya fue facturado", Captcha: true, Reimpresion: true),
        _ => new(false, "La validación del ticket no tuvo éxito. El ticket no se encuentra, revise los datos capturados", Captcha: true),
    };
}
