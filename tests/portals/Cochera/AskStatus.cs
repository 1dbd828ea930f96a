using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Cochera;

/// <summary>GET estatus, POST api/estatus: company, code and RFC tell what became of a request and send its archive again.</summary>
public static class AskStatus
{
    public static IResult Show(Visit visit) => visit.Page("estatus", ("empresas", Companies.Json));

    public static IResult Handle(Visit visit, InvoiceDesk desk, TicketLedger ledger, MailRoom mail)
    {
        bool Printed(Ticket ticket) => FindStay.IsOf(visit, ticket);
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is not { } emission)
        {
            return FindStay.No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true }
                ? "La factura de este boleto la solicitó otro contribuyente"
                : "No hay ninguna solicitud con esos datos");
        }

        if (visit.Field("correo").Length == 0) return FindStay.No("Indique el correo");
        mail.Send(emission, visit.Field("correo"), CocheraPortal.ByMail);
        return Results.Json(new { ok = true, mensaje = $"Solicitud atendida. Folio fiscal {emission.FileName}. La enviamos nuevamente a {visit.Field("correo")}" });
    }
}
