using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Penon;

/// <summary>POST Default.aspx/Invoice: emits and answers with the links.</summary>
public static class InvoiceSale
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        if (visit.Session.Ticket is not { } ticket || !visit.Session.Values.TryGetValue("rfc", out var rfc)) return FindSale.No("Capture los datos de su ticket");
        if (Typed.Missing(visit, ("txtName", "Nombre"), ("txtZip", "Código postal"), ("txtEmail", "Correo")) is { } label) return FindSale.No($"{label} es obligatorio");
        var receptor = new Receptor(rfc, visit.Field("txtName"), visit.Field("txtZip"), Lists.Regimen(visit.Field("selFiscalRegime")), Lists.Uso(visit.Field("selVoucherUse")), visit.Field("txtEmail"));
        var issued = desk.Issue(ticket, receptor);
        if (issued.Refusal is { } refusal) return FindSale.No(refusal);
        if (issued.Emission is null) return FindSale.Files(visit, ticket, "Este folio ya fue facturado anteriormente!");
        return visit.LosesAnswer(ticket) ? Results.Empty : FindSale.Files(visit, ticket, "Factura generada correctamente");
    }
}
