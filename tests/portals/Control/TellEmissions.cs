using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;

namespace Invoicing.Portals.Control;

/// <summary>GET /_truth/emissions: every CFDI that exists, oldest first; <c>?portal=</c> and <c>?ticket=</c> (id or folio) narrow it.</summary>
public static class TellEmissions
{
    public sealed record Response(
        Guid Uuid, string Portal, string TicketId, string Folio, string RfcEmisor, Receptor Receptor,
        string FormaPago, decimal Total, DateTimeOffset EmittedAt, string Origin);

    public static IEnumerable<Response> Handle(TicketLedger ledger, string? portal, string? ticket) => ledger.Emissions()
        .Where(emission => portal is null || emission.Ticket.Merchant.Portal == portal)
        .Where(emission => ticket is null || emission.Tickets.Any(sold => sold.Id == ticket || sold.Folio == ticket))
        .Select(View);

    /// <summary>GET /_truth/emissions/{uuid}/xml: the file as it was stamped.</summary>
    public static IResult Xml(Guid uuid, TicketLedger ledger) =>
        ledger.Emissions().FirstOrDefault(emission => emission.Uuid == uuid) is { } found ? Results.Bytes(found.Xml, "application/xml") : Results.NotFound();

    internal static Response View(Emission emission) => new(
        emission.Uuid, emission.Ticket.Merchant.Portal, emission.Ticket.Id, emission.Ticket.Folio, emission.Ticket.Merchant.Rfc,
        emission.Receptor, emission.FormaPago, emission.Tickets.Sum(sold => sold.Total), emission.EmittedAt, emission.Origin);
}
