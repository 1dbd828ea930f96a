using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;

namespace Invoicing.Portals.Control;

/// <summary>A ticket as the control port shows it: what the form asks, and what the paper says.</summary>
/// <param name="Text">The printed ticket, lines joined with \n.</param>
/// <param name="Urls">Invoicing addresses as printed; the first may be dead.</param>
public sealed record TicketView(
    string Id,
    string Portal,
    string Merchant,
    string RfcEmisor,
    IReadOnlyDictionary<string, string> Fields,
    DateTimeOffset PurchasedAt,
    DateTimeOffset AvailableFrom,
    DateTimeOffset Deadline,
    decimal Subtotal,
    decimal Iva,
    decimal Total,
    string FormaPago,
    bool Invoiced,
    IReadOnlyList<string> Urls,
    string Image,
    string Text)
{
    public static TicketView Of(Ticket ticket, IPortal portal, PortMap ports)
    {
        var urls = ports.AddressesOf(portal.Merchant.Portal);
        return new(ticket.Id, portal.Merchant.Portal, portal.Merchant.Brand, portal.Merchant.Rfc, ticket.Fields,
            ticket.PurchasedAt, ticket.AvailableFrom, ticket.Deadline, ticket.Subtotal, ticket.Iva, ticket.Total, ticket.FormaPago, ticket.Invoiced,
            urls, $"/_control/tickets/{ticket.Id}/image", string.Join('\n', portal.Print(ticket, urls)));
    }
}
