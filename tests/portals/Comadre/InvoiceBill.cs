using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Comadre;

/// <summary>POST /datos «Enviar factura»: emits with what stands in the folded fields, changed or not.</summary>
public static class InvoiceBill
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, MailRoom mail)
    {
        if (visit.Session.Ticket is not { } ticket || !visit.Session.Values.TryGetValue("rfc", out var rfc)) return FindBill.Show(visit, "Vuelve a capturar tu ticket");
        if (visit.Field("Correo").Length == 0) return FindBill.Customer(visit, "Ingresa tu correo");
        var receptor = new Receptor(rfc, visit.Field("Nombre"), visit.Field("CodigoPostal"), visit.Field("Regimen"), visit.Field("UsoCfdi"), visit.Field("Correo"));
        var issued = desk.Issue(ticket, receptor);
        if (issued.Refusal is { } refusal) return FindBill.Customer(visit, $"El SAT rechazó tu factura: {refusal}");
        if (issued.Emission is not { } emission) return FindBill.Show(visit, "Este ticket ya ha sido facturado. Si perdiste tu factura puedes reimprimirla");
        mail.Send(emission, receptor.Correo, ComadrePortal.ByMail);
        visit.Session.Hold(emission);
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Files(visit, emission.Uuid, $"¡Provecho! Tu factura se generó y la enviamos a {receptor.Correo}");
    }

    internal static IResult Files(Visit visit, Guid id, string message) => visit.Page("listo", ("mensaje", message), ("id", id.ToString()), ("uuid", id.ToString().ToUpperInvariant()));
}
