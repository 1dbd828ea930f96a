using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LineaAzul;

/// <summary>proceso.jsp: waits twice, then hands out the archive. reenvio.jsp: coupon and seat, after the RFC, give it again.</summary>
public static class Files
{
    public static IResult Wait(Visit visit)
    {
        var kept = visit.Session.Values;
        if (!kept.TryGetValue("listo", out var id)) return FirstPages.Start(visit);
        if (kept.AddOrUpdate("proceso", "1", (_, times) => times.Length < 3 ? times + "1" : times).Length < 3) return visit.Page("proceso");
        return visit.Page("listo", ("id", id), ("texto", "Su factura ha sido emitida"));
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        if (!visit.Session.Values.TryGetValue("rfc", out var rfc)) return FirstPages.Start(visit);
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("noBoleto") && ticket.Fields["asiento"] == visit.Field("asiento");
        if (desk.Recover(visit.Portal.Merchant, rfc, Printed) is { } emission) return visit.Page("listo", ("id", visit.Session.Hold(emission).ToString()), ("texto", "Factura localizada"));
        return visit.Page("reenvio", ("error", ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true }
            ? "La factura del boleto fue solicitada con un RFC distinto"
            : "No hay factura asociada al boleto"));
    }
}
