using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.GrupoMesa;

/// <summary>POST api/consulta: RFC, ticket and store give fresh links.</summary>
public static class ConsultStep
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, TicketLedger ledger, MailedLinks links, SimulatedClock clock)
    {
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("ticket") && ticket.Fields["tienda"] == visit.Field("tienda");
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is { } emission) return EmitStep.Files(emission, links, clock).Json();
        return (ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true }
            ? new StepReply(61, "El consumo se facturó con un RFC diferente")
            : new StepReply(60, "No encontramos una factura con esos datos")).Json();
    }
}
