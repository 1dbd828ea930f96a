using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;

namespace Invoicing.Portals.Control;

/// <summary>POST /_control/tickets/{id}/invoice: somebody invoiced this ticket before; origin <c>prior</c> in the truth.</summary>
public static class InvoiceBefore
{
    public sealed record Request(string Rfc);

    public static IResult Handle(string id, Request request, TicketLedger ledger, InvoiceDesk desk)
    {
        if (ledger.ById(id) is not { } ticket) return Results.NotFound();
        if (TaxpayerRegistry.Find(request.Rfc) is not { } taxpayer) return Results.BadRequest(new { error = "This RFC is not in the simulated registry." });
        if (ticket.Invoiced) return Results.Conflict(new { error = "The ticket is invoiced already." });
        desk.InvoiceBefore(ticket, taxpayer);
        return Results.Ok(TellEmissions.View(ticket.Emissions[0]));
    }
}
