using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LaBiela;

/// <summary>Page 10, «venta»: finds the sale and opens the receptor's dialog over itself.</summary>
public static class SalePage
{
    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        return Page(visit, visit.Session.TakeNotice());
    }

    public static IResult Find(Visit visit, InvoiceDesk desk)
    {
        visit.Session.Ticket = null;
        if (Typed.Missing(visit, ("P10_SUCURSAL_HIDDENVALUE", "Sucursal"), ("P10_REMISION", "No. de remisión"), ("P10_FECHA", "Fecha de venta"), ("P10_IMPORTE", "Importe total")) is { } label) return Page(visit, $"{label} debe tener un valor.");
        var total = Typed.Amount(visit.Field("P10_IMPORTE"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => string.Equals(ticket.Folio, visit.Field("P10_REMISION"), StringComparison.OrdinalIgnoreCase) && ticket.Fields["fecha"] == visit.Field("P10_FECHA")
            && LaBielaPortal.Branches.GetValueOrDefault(visit.Field("P10_SUCURSAL_HIDDENVALUE")) == ticket.Fields["sucursal"] && ticket.Total == total);
        if (lookup.Standing != Standing.Open) return Page(visit, Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Page(visit, "", $"{LaBielaPortal.App}/datos-receptor");
    }

    internal static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"La remisión aún no se sincroniza con el sistema central. Estará disponible para facturación a partir del {lookup.When!.Value.Minute()}.",
        Standing.Expired => "La remisión se encuentra fuera del periodo de facturación y fue incluida en la factura global del mes.",
        Standing.Invoiced => "La remisión cuenta con un CFDI vigente. Consulte la opción Comprobantes emitidos.",
        _ => "No existe la remisión con los datos proporcionados.",
    };

    internal static IResult Page(Visit visit, string error, string dialog = "") => visit.Page("venta", ("error", error), ("dialogo", JsonSerializer.Serialize(dialog)),
        ("sucursales", JsonSerializer.Serialize(LaBielaPortal.Branches.Select(branch => new { v = branch.Key, t = branch.Value }))));
}
