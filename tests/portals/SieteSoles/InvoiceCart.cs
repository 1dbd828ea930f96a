using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.SieteSoles;

/// <summary>POST rest/facturar: one CFDI for the cart, with whatever payment form was left chosen.</summary>
public static class InvoiceCart
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        var cart = ShowCart.In(visit, ledger);
        if (cart.Count == 0) return No("Agregue al menos un ticket");
        if (Typed.Missing(visit, ("rfcCliente", "RFC"), ("razon", "Razón social"), ("cp", "C.P."), ("regimenFiscalReceptor", "Régimen fiscal"),
                ("usoCfdi", "Uso de CFDI"), ("formaPagoAux", "Forma de pago"), ("emailInput", "Correo")) is { } label) return No($"Falta {label}");
        var receptor = new Receptor(visit.Field("rfcCliente").ToUpperInvariant(), visit.Field("razon"), visit.Field("cp"),
            visit.Field("regimenFiscalReceptor"), visit.Field("usoCfdi"), visit.Field("emailInput"));
        var issued = desk.IssueTogether(cart, receptor, visit.Field("formaPagoAux"));
        if (issued.Refusal is { } refusal) return No(refusal);
        if (issued.Emission is not { } emission) return No($"Ticket facturado con folio {cart[0].Emissions.Select(known => known.FileName[..8]).FirstOrDefault() ?? "SS-0"}");
        visit.Session.Hold(emission);
        ShowCart.Keep(visit, []);
        return visit.LosesAnswer(emission.Ticket) ? Results.Empty
            : Results.Json(new { ok = true, mensaje = "Su factura se generó correctamente", uuid = emission.FileName, id = emission.Uuid });
    }

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });
}
