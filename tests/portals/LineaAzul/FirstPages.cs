using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LineaAzul;

/// <summary>inicio.jsp: RFC and errand. boleto.jsp: number, seat and day of the coupon.</summary>
public static class FirstPages
{
    public static IResult Start(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        return visit.Page("inicio", ("error", visit.Session.TakeNotice()));
    }

    /// <summary>POST rfc.jsp «Siguiente»: to the coupon, or to the files of one that is invoiced.</summary>
    public static IResult Rfc(Visit visit)
    {
        var rfc = visit.Field("rfc").ToUpperInvariant();
        if (!Typed.LooksLikeRfc(rfc)) return visit.Page("inicio", ("error", "Escriba un RFC con homoclave"));
        if (visit.Field("tramite").Length == 0) return visit.Page("inicio", ("error", "Seleccione el trámite que desea realizar"));
        visit.Session.Values["rfc"] = rfc;
        return visit.Page(visit.Field("tramite") == "R" ? "reenvio" : "boleto");
    }

    /// <summary>POST boleto.jsp «Validar boleto».</summary>
    public static IResult Coupon(Visit visit, InvoiceDesk desk)
    {
        if (!visit.Session.Values.TryGetValue("rfc", out var rfc)) return Start(visit);
        if (Typed.Missing(visit, ("noBoleto", "número de boleto"), ("asiento", "asiento"), ("fecha", "fecha")) is { } label) return visit.Page("boleto", ("error", $"Capture {label}"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("noBoleto") && ticket.Fields["asiento"] == visit.Field("asiento") && ticket.Fields["fecha"] == visit.Field("fecha"));
        if (lookup.Standing != Standing.Open) return visit.Page("boleto", ("error", Answer(lookup)));
        visit.Session.Ticket = lookup.Ticket;
        var saved = TaxpayerRegistry.Find(rfc) is { } taxpayer && visit.Strike("stale_receptor") is not null ? StaleCustomer.Of(taxpayer) : null;
        return ReceptorPages.Show(visit, "", saved);
    }

    internal static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"El boleto estará disponible para facturación dos horas después de su compra ({lookup.When!.Value.Minute()})",
        Standing.Expired => "El boleto se encuentra fuera del periodo permitido para facturación",
        Standing.Invoiced => "El boleto ya está asociado a una factura. Regrese al inicio y elija el trámite de reenvío",
        _ => "Boleto inexistente o datos erróneos",
    };
}
