using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Galaxia;

/// <summary>POST v1/cfdi «Generar CFDI»: emits. POST v1/comprobantes: code and RFC give the files again. Both answer with the files themselves.</summary>
public static class MakeCfdi
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, SimulatedClock clock)
    {
        if (visit.Session.Ticket is not { } ticket) return FindPurchase.No("Valida primero tu compra");
        if (Typed.Missing(visit, ("rfc", "tu RFC"), ("nombre", "tu razón social"), ("cp", "tu código postal"), ("regimen", "tu régimen fiscal"), ("uso", "el uso del CFDI"), ("correo", "tu correo")) is { } label)
            return FindPurchase.No($"Ingresa {label}");
        if (visit.Field("revisado") != "true") return FindPurchase.No("Confirma que revisaste tus datos");
        var issued = desk.Issue(ticket, visit.Receptor(visit.Field("regimen").Split(' ')[0], visit.Field("uso").Split(' ')[0]));
        if (issued.Refusal is { } refusal) return FindPurchase.No($"No fue posible generar el CFDI: {refusal}");
        if (issued.Emission is not { } emission) return FindPurchase.No(FindPurchase.Answer(new(Standing.Invoiced, ticket)));
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Files(emission, "CFDI generado con éxito", clock);
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger, SimulatedClock clock)
    {
        bool Printed(Ticket ticket) => string.Equals(ticket.Folio, visit.Field("codigo"), StringComparison.OrdinalIgnoreCase);
        if (desk.Recover(visit.Portal.Merchant, visit.Field("rfc").ToUpperInvariant(), Printed) is { } emission) return Files(emission, "Comprobante localizado", clock);
        return FindPurchase.No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "El comprobante está a nombre de otro RFC" : "Sin comprobantes para ese código");
    }

    private static IResult Files(Emission emission, string message, SimulatedClock clock) => Results.Json(new
    {
        ok = true, mensaje = message, uuid = emission.FileName, pdf = Convert.ToBase64String(emission.Pdf.Value),
        xml = emission.XmlFrom > clock.GetUtcNow() ? null : Convert.ToBase64String(emission.Xml),
    });
}
