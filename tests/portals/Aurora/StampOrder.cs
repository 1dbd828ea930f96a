using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Aurora;

/// <summary>POST Billing/Index «Timbrar»: emits. POST Billing/Reprint: order and RFC give the files again.</summary>
public static class StampOrder
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        if (visit.Session.Ticket is not { } ticket) return ShowForm.Show(visit, "Verify your order first / Verifique primero su orden", 1);
        if (Typed.Missing(visit, ("PersonType", "Person type"), ("TaxId", "RFC"), ("ZipCode", "ZIP code / C.P."), ("TaxRegime", "Tax regime / Régimen"), ("CfdiUse", "CFDI use / Uso"), ("PaymentForm", "Payment form / Forma de pago"), ("Email", "E-mail")) is { } label)
            return ShowForm.Show(visit, $"{label} is required / es obligatorio", 2);
        if (visit.Field("TaxId") != visit.Field("TaxId2")) return ShowForm.Show(visit, "RFC do not match / Los RFC no son iguales", 2);
        if (visit.Field("Email") != visit.Field("Email2")) return ShowForm.Show(visit, "E-mails do not match / Los correos no son iguales", 3);
        if (visit.Field("PaymentForm") != ticket.FormaPago) return ShowForm.Show(visit, "Payment form differs from your receipt / La forma de pago no coincide con su ticket", 2);
        var name = visit.Field("PersonType") == "F" ? string.Join(' ', ((string[])["Names", "LastName1", "LastName2"]).Select(visit.Field).Where(part => part.Length > 0)) : visit.Field("Company");
        var issued = desk.Issue(ticket, new Receptor(visit.Field("TaxId").ToUpperInvariant(), name, visit.Field("ZipCode"), visit.Field("TaxRegime"), visit.Field("CfdiUse"), visit.Field("Email")));
        if (issued.Refusal is { } refusal) return ShowForm.Show(visit, $"Stamping error. {refusal}", 2);
        if (issued.Emission is not { } emission) return ShowForm.Show(visit, VerifyOrder.Answer(new(Standing.Invoiced, ticket)), 1);
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Done(visit, emission);
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("OrderNo");
        if (desk.Recover(visit.Portal.Merchant, visit.Field("TaxId").ToUpperInvariant(), Printed) is { } emission) return Done(visit, emission);
        return visit.Page("reprint", ("mensaje", ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true }
            ? "This invoice belongs to another RFC. La factura no corresponde al RFC indicado"
            : "There is no invoice for this order. La orden no tiene facturas"));
    }

    private static IResult Done(Visit visit, Emission emission) => visit.Page("done", ("uuid", emission.FileName), ("id", visit.Session.Hold(emission).ToString()));
}
