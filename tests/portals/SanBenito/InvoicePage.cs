using System.Text;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.SanBenito;

/// <summary>Facturar.aspx and Reimpresion.aspx: every press posts back; in the panel the answer is the piece that changes, for a file the whole page is left.</summary>
public static class InvoicePage
{
    private static readonly Dictionary<string, string> Payments = new() { ["01"] = "Efectivo", ["02"] = "Cheque nominativo", ["03"] = "Transferencia electrónica de fondos", ["04"] = "Tarjeta de crédito", ["28"] = "Tarjeta de débito" };

    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        return visit.Page("facturar", ("panel", Ticket(visit, visit.Session.TakeNotice())));
    }

    public static IResult PostBack(Visit visit, InvoiceDesk desk, Delivery delivery)
    {
        if (File(visit, delivery) is { } file) return file;
        if (visit.Field("btnBuscar").Length > 0) return Delta(Find(visit, desk));
        if (visit.Session.Ticket is not { } ticket) return Delta(Ticket(visit, "Capture los datos de su ticket"));
        if (visit.Field("btnCancelar").Length > 0) return Show(visit);
        if (visit.Field("btnFacturar").Length == 0) return Delta(Receptor(visit, ticket, ""));
        if (Wrong(visit, ticket) is { } wrong) return Delta(Receptor(visit, ticket, wrong));
        var issued = desk.Issue(ticket, new(visit.Field("txtRfc").ToUpperInvariant(), visit.Field("txtRazon"), visit.Field("txtCp"), visit.Field("ddlRegimen"), visit.Field("ddlUso"), visit.Field("txtCorreo")), visit.Field("ddlFormaPago"));
        if (issued.Refusal is { } refusal) return Delta(Receptor(visit, ticket, $"Error al timbrar el comprobante: {refusal}"));
        if (issued.Emission is not { } emission) return Delta(Ticket(visit, Answer(new(Standing.Invoiced, ticket))));
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Delta(Grid(visit, emission, "Comprobante generado correctamente"));
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger, Delivery delivery)
    {
        if (File(visit, delivery) is { } file) return file;
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("txtFolio") && ticket.Fields["sucursal"] == visit.Field("ddlSucursal");
        var message = ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "El comprobante fue emitido a un RFC distinto al capturado" : "No existe comprobante para los datos capturados";
        return desk.Recover(visit.Portal.Merchant, visit.Field("txtRfc").ToUpperInvariant(), Printed) is { } emission
            ? visit.Page("reimpresion", ("sucursales", Branches(visit)), ("rejilla", Grid(visit, emission, "")))
            : visit.Page("reimpresion", ("sucursales", Branches(visit)), ("mensaje", message));
    }

    internal static string Branches(Visit visit) => Options.Of(SanBenitoPortal.Branches.Select(branch => KeyValuePair.Create(branch.Key, $"{branch.Key} - {branch.Value}")), visit.Field("ddlSucursal"), "-- Seleccione --");

    private static string Find(Visit visit, InvoiceDesk desk)
    {
        if (Typed.Missing(visit, ("ddlSucursal", "Sucursal"), ("txtFolio", "Folio"), ("txtCaja", "Caja"), ("txtFecha", "Fecha"), ("txtImporte", "Importe")) is { } label) return Ticket(visit, $"Dato requerido: {label}");
        var total = Typed.Amount(visit.Field("txtImporte"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("txtFolio") && ticket.Fields["sucursal"] == visit.Field("ddlSucursal") && ticket.Fields["caja"] == visit.Field("txtCaja") && ticket.Fields["fecha"] == visit.Field("txtFecha") && ticket.Total == total);
        if (lookup.Standing != Standing.Open) return Ticket(visit, Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Receptor(visit, lookup.Ticket!, "");
    }

    private static string? Wrong(Visit visit, Ticket ticket)
    {
        if (Typed.Missing(visit, ("txtRfc", "R.F.C."), ("txtRazon", "Razón Social"), ("txtCp", "C.P."), ("ddlRegimen", "Régimen Fiscal"), ("ddlUso", "Uso CFDI"), ("ddlFormaPago", "Forma de Pago"), ("txtCorreo", "Correo")) is { } label) return $"Dato requerido: {label}";
        if (visit.Field("txtCorreo") != visit.Field("txtCorreo2")) return "Los correos capturados no coinciden";
        return visit.Field("ddlFormaPago") == ticket.FormaPago ? null : "La forma de pago no corresponde a la registrada en la venta";
    }

    private static IResult? File(Visit visit, Delivery delivery)
    {
        var target = visit.Field("__EVENTTARGET").Split('$')[^1].Split('_');
        if (target is not [_, var id] || !Guid.TryParse(id, out var uuid)) return null;
        return target[0] == "lnkXml" ? delivery.Xml(visit, uuid, $"{uuid:D}.xml") : Delivery.Pdf(visit, uuid, $"{uuid:D}.pdf");
    }

    private static string Ticket(Visit visit, string message) => visit.Fragment("ticket", ("mensaje", message), ("sucursales", Branches(visit)));

    private static string Receptor(Visit visit, Ticket ticket, string message) => visit.Fragment("receptor", ("mensaje", message), ("folio", ticket.Folio), ("importe", ticket.Fields["total"]),
        ("regimenes", Options.Of(SatCatalogs.Regimenes.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Key} {entry.Value}")), visit.Field("ddlRegimen"), "-- Seleccione --")),
        ("usos", Options.Of(SatCatalogs.Usos.Where(_ => visit.Field("ddlRegimen").Length > 0).Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Key} {entry.Value}")), visit.Field("ddlUso"), "-- Seleccione --")),
        ("pagos", Options.Of(Payments.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Key} {entry.Value}")), visit.Field("ddlFormaPago"), "-- Seleccione --")));

    private static string Grid(Visit visit, Emission emission, string message) =>
        visit.Fragment("rejilla", ("mensaje", message), ("id", visit.Session.Hold(emission).ToString()), ("serie", visit.Portal.Merchant.Serie), ("comprobante", emission.FileName), ("importe", emission.Ticket.Fields["total"]));

    /// <summary>What the framework's script expects: length, kind, id, content.</summary>
    private static IResult Delta(string html) => Results.Content($"{html.Length}|updatePanel|ctl00_Contenido_upFactura|{html}|", "text/plain; charset=utf-8", Encoding.UTF8);

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"La venta todavía no se encuentra disponible para facturación, intente a partir del {lookup.When!.Value.Minute()}",
        Standing.Expired => "El periodo de facturación de la venta ha concluido (15 días)",
        Standing.Invoiced => "La venta ya cuenta con comprobante fiscal. Utilice la opción Reimpresión",
        _ => "La venta no existe, verifique los datos capturados",
    };
}
