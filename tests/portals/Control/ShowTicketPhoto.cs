using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using SkiaSharp;

namespace Invoicing.Portals.Control;

/// <summary>GET /_control/tickets/{id}/image: a photograph-like JPEG; <c>?format=png</c> for PNG, <c>?qr=false</c> without the code.</summary>
public static class ShowTicketPhoto
{
    public static IResult Handle(string id, TicketLedger ledger, IEnumerable<IPortal> portals, PortMap ports, string? format, bool qr = true)
    {
        if (ledger.ById(id) is not { } ticket) return Results.NotFound();
        var urls = ports.AddressesOf(ticket.Merchant.Portal);
        var lines = portals.First(portal => portal.Merchant == ticket.Merchant).Print(ticket, urls);
        return format == "png"
            ? Results.Bytes(TicketPhoto.Take([.. lines], qr ? urls[0] : null, SKEncodedImageFormat.Png), "image/png")
            : Results.Bytes(TicketPhoto.Take([.. lines], qr ? urls[0] : null, SKEncodedImageFormat.Jpeg), "image/jpeg");
    }
}
