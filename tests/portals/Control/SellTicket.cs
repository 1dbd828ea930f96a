using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;

namespace Invoicing.Portals.Control;

/// <summary>POST /_control/tickets: a purchase with given or random values. GET: the ledger.</summary>
public static class SellTicket
{
    /// <param name="Fields">The portal's own values, e.g. folio, venta, web_id, estacion.</param>
    /// <param name="Total">Pesos with IVA.</param>
    /// <param name="FormaPago">SAT key: 01, 04 or 28.</param>
    public sealed record Request(string Portal, IReadOnlyDictionary<string, string>? Fields, DateTimeOffset? PurchasedAt, decimal? Total, string? FormaPago);

    public static IResult Handle(Request request, IEnumerable<IPortal> portals, Sales sales, PortMap ports)
    {
        if (portals.FirstOrDefault(portal => portal.Merchant.Portal == request.Portal) is not { } portal)
            return Results.BadRequest(new { error = $"Unknown portal {request.Portal}." });
        if (request.Total is <= 0 or > 999_999 || request.Total is { } total && decimal.Round(total, 2) != total)
            return Results.BadRequest(new { error = "total must be a positive amount with two decimals." });
        return sales.Sell(portal, request.PurchasedAt, request.Total, request.FormaPago, request.Fields) is { } ticket
            ? Results.Ok(TicketView.Of(ticket, portal, ports))
            : Results.Conflict(new { error = "The merchant already has a ticket with this folio." });
    }

    public static IEnumerable<TicketView> List(TicketLedger ledger, IEnumerable<IPortal> portals, PortMap ports, string? portal) =>
        ledger.All.Where(ticket => portal is null || ticket.Merchant.Portal == portal)
            .Select(ticket => TicketView.Of(ticket, portals.First(owner => owner.Merchant == ticket.Merchant), ports));

    public static IResult Read(string id, TicketLedger ledger, IEnumerable<IPortal> portals, PortMap ports) =>
        ledger.ById(id) is { } ticket
            ? Results.Ok(TicketView.Of(ticket, portals.First(owner => owner.Merchant == ticket.Merchant), ports))
            : Results.NotFound();
}
