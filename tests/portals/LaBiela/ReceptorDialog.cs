using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LaBiela;

/// <summary>Page 20, the modal page «datos-receptor»: a document of its own in the dialog's frame; when it is done the page around it goes to the voucher.</summary>
public static class ReceptorDialog
{
    private static readonly Dictionary<string, string> Payments = new() { ["01"] = "EFECTIVO", ["04"] = "TARJETA DE CREDITO", ["28"] = "TARJETA DE DEBITO" };

    public static IResult Show(Visit visit) => visit.Session.Ticket is { } ticket ? Form(visit, ticket, "") : Leave($"{LaBielaPortal.App}/venta");

    public static IResult Stamp(Visit visit, InvoiceDesk desk)
    {
        if (visit.Session.Ticket is not { } ticket) return Leave($"{LaBielaPortal.App}/venta");
        if (Typed.Missing(visit, ("P20_RFC", "R.F.C."), ("P20_NOMBRE", "Nombre o denominación"), ("P20_CP", "C.P. del domicilio fiscal"), ("P20_REGIMEN", "Régimen"), ("P20_USO", "Uso del comprobante"), ("P20_EMAIL", "E-mail")) is { } label)
            return Form(visit, ticket, $"{label} debe tener un valor.");
        var issued = desk.Issue(ticket, new(visit.Field("P20_RFC").ToUpperInvariant(), visit.Field("P20_NOMBRE"), visit.Field("P20_CP"), visit.Field("P20_REGIMEN"), visit.Field("P20_USO"), visit.Field("P20_EMAIL")));
        if (issued.Refusal is { } refusal) return Form(visit, ticket, $"ORA-20001: Error devuelto por el PAC: {refusal}");
        if (issued.Emission is not { } emission) return Form(visit, ticket, SalePage.Answer(new(Standing.Invoiced, ticket)));
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Leave($"{LaBielaPortal.App}/comprobante?p30_id={visit.Session.Hold(emission)}&success_msg=1");
    }

    private static IResult Form(Visit visit, Ticket ticket, string error) => Document(visit.Fragment("receptor", ("error", error), ("remision", ticket.Folio), ("importe", ticket.Fields["total"]), ("pago", Payments[ticket.FormaPago]),
        ("regimenes", Options.Of(SatCatalogs.Regimenes.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Key} {entry.Value.ToUpperInvariant()}")), visit.Field("P20_REGIMEN"), "- Seleccione régimen -")),
        ("usos", Options.Of(SatCatalogs.Usos.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Key} {entry.Value.ToUpperInvariant()}")), visit.Field("P20_USO"), "- Seleccione uso -"))));

    private static IResult Leave(string address) => Document($"<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Cerrar</title></head><body><script>window.parent.location.href = '{address}';</script></body></html>");

    private static IResult Document(string html) => Results.Content(html, "text/html; charset=utf-8");
}
