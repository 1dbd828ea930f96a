using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Liebana;

/// <summary>POST api/consulta: how far a request is, by its folio and RFC. It gives no files.</summary>
public static class AskRequest
{
    public static IResult Handle(Visit visit, TicketLedger ledger, Postbox postbox)
    {
        var folio = visit.Field("solicitud").ToUpperInvariant();
        var emission = ledger.Emissions().FirstOrDefault(known => known.Ticket.Merchant == visit.Portal.Merchant
            && RequestInvoice.FolioOf(known.Uuid) == folio && string.Equals(known.Receptor.Rfc, visit.Field("rfc"), StringComparison.OrdinalIgnoreCase));
        if (emission is null) return Results.Json(new { ok = false, mensaje = "No existe una solicitud con esos datos" });
        var sent = postbox.All.FirstOrDefault(letter => letter.Uuid == emission.Uuid && postbox.Arrived(letter));
        return Results.Json(new { ok = true, mensaje = sent is null ? "Tu solicitud está en proceso" : "Tu factura fue enviada a tu correo" });
    }
}
