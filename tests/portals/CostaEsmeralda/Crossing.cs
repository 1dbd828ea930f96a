using System.Text.Encodings.Web;
using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.CostaEsmeralda;

/// <summary>The pages cruce, datos-fiscales, comprobantes and reimpresion: each posts to itself and leads on when all is well.</summary>
public static class Crossing
{
    private static readonly Dictionary<string, string> Payments = new() { ["01"] = "Efectivo", ["03"] = "Transferencia electrónica de fondos", ["04"] = "Tarjeta de crédito", ["05"] = "Monedero electrónico", ["28"] = "Tarjeta de débito" };

    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        return Page(visit, visit.Session.TakeNotice());
    }

    public static IResult Find(Visit visit, InvoiceDesk desk)
    {
        if (Typed.Missing(visit, ("P10_CASETA", "Caseta"), ("P10_CARRIL", "Carril"), ("P10_FOLIO", "Folio"), ("P10_FECHA", "Fecha de cruce"), ("P10_IMPORTE", "Importe")) is { } label) return Page(visit, $"{label} debe tener algún valor.");
        var amount = Typed.Amount(visit.Field("P10_IMPORTE"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("P10_FOLIO") && ticket.Fields["sucursal"] == visit.Field("P10_CASETA") && ticket.Fields["caja"] == visit.Field("P10_CARRIL").TrimStart('0') && ticket.Fields["fecha"] == visit.Field("P10_FECHA") && ticket.Total == amount);
        if (lookup.Standing != Standing.Open) return Page(visit, Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Results.Redirect("/ords/r/ace/facturacion/datos-fiscales");
    }

    public static IResult Receptor(Visit visit) => visit.Session.Ticket is { } ticket ? Form(visit, ticket, "") : Results.Redirect(visit.Portal.FirstPage);

    public static IResult Emit(Visit visit, InvoiceDesk desk)
    {
        if (visit.Session.Ticket is not { } ticket) return Results.Redirect(visit.Portal.FirstPage);
        if (Typed.Missing(visit, ("P11_RFC", "RFC"), ("P11_NOMBRE", "Nombre o Denominación"), ("P11_CP", "C.P."), ("P11_REGIMEN", "Régimen Fiscal"), ("P11_USO", "Uso CFDI"), ("P11_FORMA_PAGO", "Forma de Pago"), ("P11_EMAIL", "Correo")) is { } label) return Form(visit, ticket, $"{label} debe tener algún valor.");
        if (visit.Field("P11_EMAIL") != visit.Field("P11_EMAIL2")) return Form(visit, ticket, "El correo y su confirmación son diferentes.");
        // Any payment form of the list is taken: the book of the toll booth is not asked.
        var issued = desk.Issue(ticket, new(visit.Field("P11_RFC").ToUpperInvariant(), visit.Field("P11_NOMBRE"), visit.Field("P11_CP"), visit.Field("P11_REGIMEN"), visit.Field("P11_USO"), visit.Field("P11_EMAIL")), visit.Field("P11_FORMA_PAGO"));
        if (issued.Refusal is { } refusal) return Form(visit, ticket, $"ORA-20001: Error PAC {refusal}");
        if (issued.Emission is not { } emission) return Page(visit, Answer(new(Standing.Invoiced, ticket)));
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Lead(visit, emission, "CFDI generado.");
    }

    public static IResult Report(Visit visit)
    {
        visit.NewLook();
        var rows = visit.Session.Emissions.Values.OrderByDescending(emission => emission.EmittedAt).Select(emission => visit.Fragment("fila",
            ("id", emission.Uuid.ToString()), ("uuid", emission.FileName), ("folio", emission.Ticket.Folio), ("caseta", CostaEsmeraldaPortal.Booths[emission.Ticket.Fields["sucursal"]]), ("rfc", emission.Receptor.Rfc), ("total", emission.Ticket.Fields["total"])));
        return visit.Page("comprobantes", ("exito", Success(visit.Session.TakeNotice())), ("filas", string.Concat(rows)));
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("P20_FOLIO");
        if (desk.Recover(visit.Portal.Merchant, visit.Field("P20_RFC").ToUpperInvariant(), Printed) is { } emission) return Lead(visit, emission, "");
        return visit.Page("reimpresion", ("error", Notification(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "El CFDI de ese folio tiene como receptor un RFC diferente." : "Sin comprobantes para el folio capturado.")));
    }

    private static IResult Lead(Visit visit, Emission emission, string notice)
    {
        visit.Session.Hold(emission);
        visit.Session.Notice = notice;
        return Results.Redirect("/ords/r/ace/facturacion/comprobantes");
    }

    private static IResult Page(Visit visit, string error) => visit.Page("cruce", ("error", Notification(error)), ("caseta", visit.Field("P10_CASETA")), ("P10_CASETA_TEXTO", CostaEsmeraldaPortal.Booths.GetValueOrDefault(visit.Field("P10_CASETA"), "")),
        ("casetas", JsonSerializer.Serialize(CostaEsmeraldaPortal.Booths.Select(booth => new { v = booth.Key, t = booth.Value }))));

    private static IResult Form(Visit visit, Ticket ticket, string error) => visit.Page("fiscales", ("error", Notification(error)), ("folio", ticket.Folio), ("importe", ticket.Fields["total"]),
        ("regimenes", List(SatCatalogs.Regimenes, visit.Field("P11_REGIMEN"))), ("usos", List(SatCatalogs.Usos, visit.Field("P11_USO"))), ("pagos", List(Payments, visit.Field("P11_FORMA_PAGO"))));

    private static string List(IReadOnlyDictionary<string, string> catalogue, string chosen) => Options.Of(catalogue.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Key}-{entry.Value}")), chosen, "- Seleccionar -");

    /// <summary>The list of errors at the top of the page; nothing when there is none.</summary>
    private static string Notification(string error) => error.Length == 0 ? "" :
        $"<div class=\"t-Alert t-Alert--warning\" role=\"alert\" id=\"t_Alert_Notification\"><h2 class=\"t-Alert-title\">Se ha producido 1 error</h2><ul class=\"htmldbUlErr\"><li>{HtmlEncoder.Default.Encode(error)}</li></ul></div>";

    private static string Success(string text) => text.Length == 0 ? "" : $"<div class=\"t-Alert t-Alert--success\" role=\"alert\"><h2 class=\"t-Alert-title\">{text}</h2></div>";

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"El cruce no ha sido liberado para facturación. Se libera 12 horas después de su paso por la caseta ({lookup.When!.Value.Minute()}).",
        Standing.Expired => "El cruce excede los 45 días permitidos para generar CFDI.",
        Standing.Invoiced => "El cruce cuenta con CFDI generado, consulte la opción Reimpresión.",
        _ => "Cruce inexistente. Revise caseta, carril, folio, fecha e importe de su comprobante de peaje.",
    };
}
