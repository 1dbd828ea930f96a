using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Brigida;

/// <summary>POST api/factura «Obtener Factura».</summary>
public static class MakeInvoice
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        if (visit.Session.Ticket is not { } ticket || !visit.Session.Values.ContainsKey("sucursal")) return CheckFolio.No("Valide su folio");
        if (Typed.Missing(visit, ("rfc", "RFC"), ("nombre", "Nombre"), ("cp", "Código postal"), ("regimen", "Régimen"), ("uso", "Uso de CFDI"), ("correo", "Correo")) is { } label)
            return CheckFolio.No($"{label}: campo requerido");
        var issued = desk.Issue(ticket, visit.Receptor(Key(visit, "regimen"), Key(visit, "uso")));
        if (issued.Refusal is { } refusal) return CheckFolio.No(refusal);
        if (issued.Emission is not { } emission) return CheckFolio.No("El folio ya se facturó. Obténgala en Reimpresión");
        var id = visit.Session.Hold(emission);
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Results.Json(new { ok = true, mensaje = "Su factura está lista", id });
    }

    /// <summary>AngularJS writes a type before its values.</summary>
    private static string Key(Visit visit, string field) => visit.Field(field).Replace("string:", "", StringComparison.Ordinal);
}
