using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Altiplano;

/// <summary>POST api/ultimas «Mis últimas facturas (24 h)»: RFC and code give the ZIP again.</summary>
public static class LatestInvoices
{
    private static readonly TimeSpan Shown = TimeSpan.FromHours(24);

    public static IResult Handle(Visit visit, InvoiceDesk desk, TicketLedger ledger, SimulatedClock clock)
    {
        var code = visit.Field("codigo").Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        bool Printed(Ticket ticket) => ticket.Folio == code;
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is { } emission)
        {
            if (emission.EmittedAt + Shown < clock.GetUtcNow()) return No("La factura se generó hace más de 24 horas, solicítela a atención a usuarios");
            visit.Session.Hold(emission);
            return Results.Json(new { ok = true, mensaje = "Factura localizada", cfdis = new[] { InvoiceConcepts.Row(emission) } });
        }

        return No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "El código fue facturado con otro RFC" : "No existen facturas con esos datos");
    }

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });
}
