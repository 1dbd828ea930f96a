using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Nopalera;

/// <summary>POST api/invoices: emits, and answers with the files themselves.</summary>
public static class CreateInvoice
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, SimulatedClock clock)
    {
        if (visit.Session.Ticket is not { } ticket) return AddTicket.No("Agrega un ticket");
        if (Typed.Missing(visit, ("rfc", "RFC"), ("nombre", "Razón social"), ("cp", "Código postal"), ("regimen", "Régimen fiscal"), ("uso", "Uso de CFDI"), ("correo", "Correo electrónico")) is { } label)
            return AddTicket.No($"{label} es requerido");
        var issued = desk.Issue(ticket, visit.Receptor());
        if (issued.Refusal is { } refusal) return AddTicket.No($"Ocurrió un error al timbrar. {refusal}");
        if (issued.Emission is not { } emission) return AddTicket.No("Este ticket ya tiene factura, búscala en Mis comprobantes");
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Files(emission, "¡Factura generada!", clock);
    }

    /// <summary>Both files in base64; the XML is null while it is not there.</summary>
    internal static IResult Files(Emission emission, string message, SimulatedClock clock) => Results.Json(new
    {
        ok = true, mensaje = message, uuid = emission.FileName, pdf = Convert.ToBase64String(emission.Pdf.Value),
        xml = emission.XmlFrom > clock.GetUtcNow() ? null : Convert.ToBase64String(emission.Xml),
    });
}
