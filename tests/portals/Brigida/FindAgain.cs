using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Brigida;

/// <summary>POST api/reimpresion: folio and RFC give the files again.</summary>
public static class FindAgain
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("folioFactura");
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is { } emission)
            return Results.Json(new { ok = true, mensaje = "Se localizó su factura", id = visit.Session.Hold(emission) });
        return CheckFolio.No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "El folio se facturó a un RFC diferente" : "No hay factura para ese folio");
    }
}
