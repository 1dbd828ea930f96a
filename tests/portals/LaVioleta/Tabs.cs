using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LaVioleta;

/// <summary>Default.aspx and Consulta.aspx: callbacks in the suite's own envelope.</summary>
public static class Tabs
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Show(Visit visit)
    {
        visit.Session.Ticket = null;
        return visit.Page("facturar", ("aviso", JsonSerializer.Serialize(visit.Session.TakeNotice())),
            ("sucursales", JsonSerializer.Serialize(LaVioletaPortal.Branches.Select(branch => new { v = branch.Key, t = $"{branch.Key} {branch.Value}" }))),
            ("regimenes", JsonSerializer.Serialize(SatCatalogs.Regimenes.Select(entry => new { v = entry.Key, t = $"{entry.Key} {entry.Value}".ToUpperInvariant() }))),
            ("usos", JsonSerializer.Serialize(SatCatalogs.Usos.Select(entry => new { v = entry.Key, t = $"{entry.Key} {entry.Value}".ToUpperInvariant() }))));
    }

    public static IResult CallBack(Visit visit, InvoiceDesk desk, CaptchaDesk captchas)
    {
        if (visit.Field("btnValidar").Length > 0) return Validate(visit, desk, captchas);
        if (visit.Session.Ticket is not { } ticket) return No("No hay un ticket validado. Capture nuevamente los datos de su compra.");
        if (Typed.Missing(visit, ("txtRfc", "RFC"), ("txtRazonSocial", "Razón social"), ("txtCodigoPostal", "Código postal"), ("cmbRegimen", "Régimen fiscal"), ("cmbUso", "Uso del CFDI"), ("txtEmail", "E-mail")) is { } label) return No($"El dato {label} es obligatorio.");
        if (!Typed.LooksLikeRfc(visit.Field("txtRfc").ToUpperInvariant())) return No("El RFC capturado es incorrecto.");
        var issued = desk.Issue(ticket, new(visit.Field("txtRfc").ToUpperInvariant(), visit.Field("txtRazonSocial"), visit.Field("txtCodigoPostal"), visit.Field("cmbRegimen"), visit.Field("cmbUso"), visit.Field("txtEmail")));
        if (issued.Refusal is { } refusal) return No($"El proveedor de certificación devolvió el siguiente error: {refusal}");
        if (issued.Emission is not { } emission) return No(Answer(new(Standing.Invoiced, ticket)));
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Row(visit, emission);
    }

    public static IResult Again(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        bool Printed(Ticket ticket) => ticket.Folio == visit.Field("txtReferencia");
        if (desk.Recover(visit.Portal.Merchant, visit.Field("txtRfc").ToUpperInvariant(), Printed) is { } emission) return Row(visit, emission);
        return No(ledger.Find(visit.Portal.Merchant, Printed) is { Invoiced: true } ? "El RFC capturado no corresponde al receptor de la factura de esta compra." : "La compra no ha sido facturada.");
    }

    private static IResult Validate(Visit visit, InvoiceDesk desk, CaptchaDesk captchas)
    {
        if (captchas.Judge(visit.Portal.Merchant.Portal, visit.Session.Id, visit.Field("Captcha_TB")) != CaptchaVerdict.Right) return No("El código enviado es incorrecto.");
        var total = Typed.Amount(visit.Field("spnTotal"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket => ticket.Folio == visit.Field("txtReferencia") && ticket.Fields["sucursal"] == visit.Field("cmbSucursal") && ticket.Fields["caja"] == visit.Field("txtCaja") && ticket.Total == total);
        if (lookup.Standing != Standing.Open) return No(Answer(lookup));
        visit.Session.Ticket = lookup.Ticket;
        return Wrapped(new { ok = true, mensaje = "" });
    }

    private static IResult Row(Visit visit, Emission emission) =>
        Wrapped(new { ok = true, mensaje = "", id = visit.Session.Hold(emission), serie = visit.Portal.Merchant.Serie, folio = emission.Ticket.Folio, rfc = emission.Receptor.Rfc, fecha = emission.EmittedAt.Minute(), total = emission.Ticket.Fields["total"] });

    private static IResult No(string message) => Wrapped(new { ok = false, mensaje = message });

    /// <summary>The envelope of the suite's callbacks.</summary>
    private static IResult Wrapped(object answer) => Results.Content($"0|/*DX*/({JsonSerializer.Serialize(answer, Plain)})", "text/plain; charset=utf-8");

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => "Su compra aún no se encuentra registrada en el sistema de facturación. Las ventas se registran dos horas después de realizadas, favor de intentar más tarde.",
        Standing.Expired => "La compra está fuera del periodo de facturación. Sólo se facturan compras del mes en curso y hasta tres días después del cierre de mes.",
        Standing.Invoiced => "La compra ya se encuentra facturada. Puede descargarla en la opción Consulta.",
        _ => "No existe una venta con los datos proporcionados. Verifique la sucursal, caja, folio y total de su ticket.",
    };
}
