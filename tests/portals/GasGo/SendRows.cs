using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.GasGo;

/// <summary>POST api/enviar: a CFDI a row, to the active RFC, with the payment form left on the row. A row that is refused stays; nothing is said either way.</summary>
public static class SendRows
{
    public static IResult Handle(Visit visit, InvoiceDesk desk, TicketLedger ledger)
    {
        var rows = AddTicket.Rows(visit, ledger);
        if (rows.Count == 0) return Results.Json(new { ok = true, mensaje = "", quedan = Array.Empty<string>() });
        var receptor = FiscalData.Of(visit, visit.Session.Values["rfc"]);
        var staying = rows.Where(ticket => visit.Strike("row_rejected", ticket) is not null
            || desk.Issue(ticket, receptor, FormOf(visit, ticket)).Emission is null).ToList();
        AddTicket.Keep(visit, staying);
        return visit.LosesAnswer(rows[0]) ? Results.Empty : Results.Json(new { ok = true, mensaje = "", quedan = staying.Select(ticket => ticket.Id) });
    }

    /// <summary>The form chosen on the ticket's row, whatever its random suffix; cash if none was sent.</summary>
    private static string FormOf(Visit visit, Ticket ticket) =>
        visit.FieldStarting($"fp_{ticket.Id}_") is { Length: 2 } form ? form : "01";
}
