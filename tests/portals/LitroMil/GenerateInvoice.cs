using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LitroMil;

/// <summary>«Generar»: emits for the ticket found and the RFC added.</summary>
internal static class GenerateInvoice
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        if (visit.Session.Ticket is not { } ticket) return InvoicePage.With(visit, "Primero busque su ticket");
        if (!visit.Session.Values.TryGetValue("rfc", out var rfc) || !rfc.Equals(visit.Field("txtRfc"), StringComparison.OrdinalIgnoreCase))
            return InvoicePage.With(visit, "Presione Agregar para registrar el R.F.C.");
        if (Typed.Missing(visit, ("txtRazon", "razón social"), ("txtCp", "C.P."), ("cmbRegimen", "régimen"), ("cmbUsos", "uso"), ("txtCorreo", "correo")) is { } label)
            return InvoicePage.With(visit, $"Falta capturar {label}");
        var receptor = new Receptor(rfc, visit.Field("txtRazon"), visit.Field("txtCp"),
            FiscalLists.RegimenOf(visit.Field("cmbRegimen")), FiscalLists.UsoOf(visit.Field("cmbUsos")), visit.Field("txtCorreo"));
        var issued = desk.Issue(ticket, receptor);
        if (issued.Refusal is { } refusal) return InvoicePage.With(visit, $"Error del PAC: {refusal}");
        if (issued.Emission is not { } emission) return InvoicePage.With(visit, $"Folio {ticket.Folio} ya ha sido facturado.");
        visit.Session.Hold(emission);
        return visit.LosesAnswer(ticket) ? Results.Empty
            : visit.Page("generada", ("mensaje", "Su factura ha sido generada"), ("uuid", emission.FileName), ("id", emission.Uuid.ToString()));
    }
}
