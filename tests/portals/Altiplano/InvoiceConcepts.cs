using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Altiplano;

/// <summary>POST api/facturar: one CFDI for each plaza among the concepts ticked.</summary>
public static class InvoiceConcepts
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        var listed = visit.Session.Values.GetValueOrDefault("codigos", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var chosen = visit.Field("codigos").Split(',', StringSplitOptions.RemoveEmptyEntries).Where(listed.Contains).Distinct()
            .Select(code => ledger.Find(visit.Portal.Merchant, ticket => ticket.Folio == code)).OfType<Ticket>().ToList();
        if (chosen.Count == 0) return No("Seleccione al menos un concepto");
        if (Typed.Missing(visit, ("rfc", "RFC"), ("nombre", "Razón social"), ("cp", "Código postal"), ("regimen", "Régimen fiscal"), ("uso", "Uso CFDI"), ("correo", "Correo")) is { } label)
            return No($"{label} requerido");
        var emissions = new List<Emission>();
        foreach (var plaza in chosen.GroupBy(ticket => ticket.Fields["plaza"]))
        {
            var issued = desk.IssueTogether([.. plaza], visit.Receptor());
            if (issued.Refusal is { } refusal) return No(refusal);
            if (issued.Emission is not { } emission) return No("El código ya fue facturado. Consulte «Mis últimas facturas»");
            emissions.Add(emission);
            visit.Session.Hold(emission);
        }

        visit.Session.Values.TryRemove("codigos", out _);
        return visit.LosesAnswer(chosen[0]) ? Results.Empty
            : Results.Json(new { ok = true, mensaje = "Sus comprobantes se generaron", cfdis = emissions.Select(Row) });
    }

    internal static object Row(Emission emission) =>
        new { uuid = emission.FileName, plaza = emission.Ticket.Fields["plaza"], zip = $"/Alt/api/zip?id={emission.Uuid}" };

    private static IResult No(string message) => Results.Json(new { ok = false, mensaje = message });
}
