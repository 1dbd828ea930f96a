using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Simple;

/// <summary>POST /facturar: validates the ticket and emits in one go.</summary>
public static class RequestInvoice
{
    public static IResult Handle(Visit visit, InvoiceDesk desk)
    {
        if (Complaint(visit) is { } complaint) return ShowForm.With(visit, complaint);
        var total = Typed.Amount(visit.Field("total"));
        var lookup = desk.LookUp(visit.Portal.Merchant, ticket =>
            ticket.Folio == visit.Field("folio") && ticket.Fields["fecha"] == visit.Field("fecha") && ticket.Total == total);
        if (lookup.Standing != Standing.Open) return ShowForm.With(visit, Answer(lookup));
        var issued = desk.Issue(lookup.Ticket!, visit.Receptor());
        if (issued.Refusal is { } refusal) return ShowForm.With(visit, $"No fue posible timbrar su factura. {refusal}");
        if (issued.Emission is not { } emission) return ShowForm.With(visit, Answer(lookup with { Standing = Standing.Invoiced }));
        visit.Session.Hold(emission);
        return visit.LosesAnswer(emission.Ticket) ? Results.Empty : Results.Redirect($"/resultado/{emission.Uuid}");
    }

    private static string? Complaint(Visit visit)
    {
        if (Typed.Missing(visit, ("folio", "Folio"), ("fecha", "Fecha de compra"), ("total", "Total"), ("rfc", "RFC"),
                ("nombre", "Nombre o razón social"), ("cp", "Código postal"), ("regimen", "Régimen fiscal"),
                ("uso", "Uso de CFDI"), ("correo", "Correo electrónico")) is { } label)
            return $"El campo {label} es obligatorio.";
        return Typed.LooksLikeRfc(visit.Field("rfc").ToUpperInvariant()) ? null : "El RFC capturado no es válido.";
    }

    private static string Answer(Lookup lookup) => lookup.Standing switch
    {
        Standing.NotYet => $"Su ticket todavía no está disponible para facturar. Intente más tarde, a partir del {lookup.When!.Value.Minute()}.",
        Standing.Expired => $"El plazo para facturar este ticket venció el {lookup.When!.Value.Day()}. La compra se incluyó en la factura global.",
        Standing.Invoiced => $"El ticket {lookup.Ticket!.Folio} ya fue facturado anteriormente. Puede descargarlo en «Consultar factura».",
        _ => "El ticket no existe. Verifique los datos proporcionados: folio, fecha y total.",
    };
}
