using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LaBiela;

/// <summary>Page 30, one voucher with its files; page 40, «comprobantes emitidos».</summary>
public static class Vouchers
{
    public static IResult Show(Visit visit, Guid p30_id, string? success_msg) => visit.Session.Emissions.TryGetValue(p30_id, out var emission)
        ? visit.Page("comprobante", ("exito", success_msg is null ? "" : "CFDI timbrado correctamente."), ("id", p30_id.ToString()), ("serie", visit.Portal.Merchant.Serie), ("remision", emission.Ticket.Folio), ("uuid", emission.FileName),
            ("receptor", emission.Receptor.Nombre), ("rfc", emission.Receptor.Rfc), ("importe", emission.Ticket.Fields["total"]))
        : Results.Redirect($"{LaBielaPortal.App}/comprobantes");

    public static IResult Find(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        bool Printed(Ticket ticket) => string.Equals(ticket.Folio, visit.Field("P40_REMISION"), StringComparison.OrdinalIgnoreCase);
        if (Typed.Missing(visit, ("P40_REMISION", "No. de remisión"), ("P40_RFC", "R.F.C.")) is { } label) return visit.Page("comprobantes", ("error", $"{label} debe tener un valor."));
        if (desk.Recover(visit.Portal.Merchant, visit.Field("P40_RFC").ToUpperInvariant(), Printed) is { } emission) return Results.Redirect($"{LaBielaPortal.App}/comprobante?p30_id={visit.Session.Hold(emission)}");
        return visit.Page("comprobantes", ("error", ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "El CFDI de la remisión fue emitido a un receptor con otro R.F.C." : "No se han encontrado datos."));
    }
}
