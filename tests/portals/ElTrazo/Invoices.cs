using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.ElTrazo;

/// <summary>An invoice's own page, and the form that finds it again.</summary>
public static class Invoices
{
    public static IResult Show(Visit visit, Guid id) => visit.Session.Emissions.TryGetValue(id, out var emission)
        ? visit.Page("factura", ("id", id.ToString()), ("uuid", emission.FileName), ("rfc", emission.Receptor.Rfc), ("nombre", emission.Receptor.Nombre), ("total", emission.Ticket.Fields["total"]), ("ticket", emission.Ticket.Folio))
        : Results.Redirect("/facturacion/descargar");

    public static IResult Ask(Visit visit) => visit.Page("descargar", ("token", Accordion.Token(visit)), ("mensaje", visit.Session.TakeNotice()));

    public static IResult Find(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("ticket") && ticket.Total == Typed.Amount(visit.Field("total"));
        if (Accordion.Stranger(visit)) return Ask(visit);
        if (Typed.Missing(visit, ("ticket", "número de ticket"), ("total", "total"), ("rfc", "RFC")) is { } label) return Say(visit, $"El campo {label} es obligatorio.");
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is { } emission) return Results.Redirect($"/facturacion/factura/{visit.Session.Hold(emission)}");
        return Say(visit, ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "La factura de este ticket no corresponde al RFC ingresado." : "El ticket no ha sido facturado.");
    }

    private static IResult Say(Visit visit, string message) => visit.Page("descargar", ("token", Accordion.Token(visit)), ("mensaje", message));
}
