using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.ViaBajio;

/// <summary>The second tab: crossings one by one into a grid, one CFDI for them with the use and payment form chosen below it.</summary>
public static class Crossings
{
    public static IResult Add(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        if (!Tabs.Complete(visit)) return Tabs.Outside();
        if (Typed.Missing(visit, ("cmbCaseta", "Caseta"), ("txtCarril", "Carril"), ("txtFolio", "Folio"), ("deFecha", "Fecha del cruce"), ("txtImporte", "Importe")) is { } label) return Tabs.No($"{label}: dato obligatorio");
        var (total, list) = (Typed.Amount(visit.Field("txtImporte")), In(visit, ledger));
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("txtFolio") && ticket.Fields["caseta"] == visit.Field("cmbCaseta") && ticket.Fields["fecha"] == visit.Field("deFecha") && ticket.Total == total
            && ticket.Fields["carril"].Equals(visit.Field("txtCarril"), StringComparison.OrdinalIgnoreCase);
        if (list.Any(Printed)) return Tabs.No("El cruce ya fue agregado");
        var lookup = desk.LookUp(visit.Portal.Merchant, Printed);
        if (lookup.Standing == Standing.Invoiced)
            return Tabs.No(desk.Recover(visit.Portal.Merchant, Tabs.Of(visit, "rfc"), Printed) is null ? "El cruce fue facturado a otro contribuyente" : "El cruce ya está facturado a su RFC, consulte la pestaña Mis facturas");
        if (lookup.Standing != Standing.Open) return Tabs.No(Answer(lookup));
        Keep(visit, [.. list, lookup.Ticket!]);
        return Results.Json(new { ok = true, mensaje = "", cruces = Rows(visit, ledger) });
    }

    public static IResult Remove(Visit visit, TicketLedger ledger)
    {
        Keep(visit, [.. In(visit, ledger).Where(ticket => ticket.Folio != visit.Field("txtFolio"))]);
        return Results.Json(new { ok = true, mensaje = "", cruces = Rows(visit, ledger) });
    }

    public static IResult Invoice(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        var list = In(visit, ledger);
        if (!Tabs.Complete(visit)) return Tabs.Outside();
        if (list.Count == 0) return Tabs.No("Agregue al menos un cruce");
        if (Typed.Missing(visit, ("cmbUso", "Uso de CFDI"), ("cmbPago", "Forma de pago")) is { } label) return Tabs.No($"{label}: dato obligatorio");
        var receptor = new Receptor(Tabs.Of(visit, "rfc"), Tabs.Of(visit, "nombre"), Tabs.Of(visit, "cp"), Tabs.Of(visit, "regimen"), visit.Field("cmbUso"), Tabs.Of(visit, "correo"));
        var issued = desk.IssueTogether(list, receptor, visit.Field("cmbPago"));
        if (issued.Refusal is { } refusal) return Tabs.No($"No se generó la factura. Respuesta del SAT: {refusal}");
        if (issued.Emission is not { } emission) return Tabs.No("Alguno de los cruces ya está facturado, consulte la pestaña Mis facturas");
        Keep(visit, []);
        return visit.LosesAnswer(emission.Ticket) ? Results.Empty : Results.Json(new { ok = true, mensaje = "La factura se generó correctamente. Descárguela en la pestaña Mis facturas" });
    }

    internal static void Keep(Visit visit, IReadOnlyList<Ticket> list)
    {
        visit.Session.Ticket = list.Count > 0 ? list[^1] : null;
        visit.Session.Values["cruces"] = string.Join(',', list.Select(ticket => ticket.Id));
    }

    private static List<Ticket> In(Visit visit, TicketLedger ledger) => [.. Tabs.Of(visit, "cruces").Split(',').Select(ledger.ById).OfType<Ticket>()];

    private static List<string[]> Rows(Visit visit, TicketLedger ledger) => [.. In(visit, ledger).Select(ticket => (string[])[ticket.Folio, ticket.Fields["caseta"], ticket.Fields["carril"], ticket.PurchasedAt.Minute(), $"${ticket.Fields["total"]}"])];

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"La caseta aún no envía la información del cruce. Intente después del {lookup.When!.Value.Minute()}",
        Standing.Expired => "El cruce excede los 30 días permitidos para su facturación",
        _ => "No hay registro del cruce con la información proporcionada",
    };
}
