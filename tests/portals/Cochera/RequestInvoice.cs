using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Cochera;

/// <summary>POST api/solicitud: emits; the archive travels by mail.</summary>
public static class RequestInvoice
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, MailRoom mail)
    {
        if (visit.Session.Ticket is not { } ticket) return FindStay.No("Busque su boleto");
        if (Typed.Missing(visit, ("rfc", "el RFC"), ("nombre", "la razón social"), ("cp", "el código postal"), ("regimen", "el régimen"), ("uso", "el uso"), ("correo", "el correo")) is { } label)
            return FindStay.No($"Indique {label}");
        var issued = desk.Issue(ticket, visit.Receptor());
        if (issued.Refusal is { } refusal) return FindStay.No($"Solicitud rechazada. {refusal}");
        if (issued.Emission is not { } emission) return FindStay.No("Ya existe una factura para este boleto. Revise el estatus de su solicitud");
        mail.Send(emission, visit.Field("correo"), CocheraPortal.ByMail);
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty
            : Results.Json(new { ok = true, mensaje = $"Solicitud {ticket.Fields["boleto"]} registrada. Recibirá un archivo comprimido en {visit.Field("correo")}" });
    }
}
