using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.ValleReal;

/// <summary>wpcliente emits; wpconsulta lists what a transaction and an RFC have.</summary>
public static class CustomerPage
{
    public static IResult Confirm(Visit visit, InvoiceDesk desk)
    {
        if (visit.Field("BUTTON_CANCELAR").Length > 0) return TicketPage.Show(visit, "");
        if (visit.Session.Ticket is not { } ticket) return TicketPage.Show(visit, "La sesión ha finalizado, ingrese nuevamente la transacción");
        if (Typed.Missing(visit, ("vCLIRFC", "Rfc"), ("vCLINOM", "Nombre Fiscal"), ("vCLICP", "Código Postal"), ("vCLIREG", "Régimen Fiscal"), ("vCLIUSO", "Uso Cfdi"), ("vCLIMAIL", "E-Mail")) is { } label) return Show(visit, ticket, $"Debe ingresar {label}");
        var issued = desk.Issue(ticket, new(visit.Field("vCLIRFC").ToUpperInvariant(), visit.Field("vCLINOM"), visit.Field("vCLICP"), visit.Field("vCLIREG"), visit.Field("vCLIUSO"), visit.Field("vCLIMAIL")));
        if (issued.Refusal is { } refusal) return Show(visit, ticket, $"El PAC rechazó el comprobante: {refusal}");
        if (issued.Emission is not { } emission) return TicketPage.Show(visit, TicketPage.Answer(new(Standing.Invoiced, ticket)));
        visit.Session.Ticket = null;
        return visit.LosesAnswer(ticket) ? Results.Empty : Rows(visit, emission, "La factura se generó con éxito");
    }

    public static IResult Find(Visit visit, InvoiceDesk desk)
    {
        if (Typed.Missing(visit, ("vCLIRFC", "Rfc"), ("vTRANSACCION", "Transacción")) is { } label) return visit.Page("consulta", ("mensaje", $"Debe ingresar {label}"));
        var emission = desk.Recover(visit.Portal.Merchant, visit.Field("vCLIRFC").ToUpperInvariant(), ticket => ticket.Folio == visit.Field("vTRANSACCION"));
        return emission is null ? visit.Page("consulta", ("mensaje", "No hay facturas para los datos ingresados")) : Rows(visit, emission, "");
    }

    internal static IResult Show(Visit visit, Ticket ticket, string message) => visit.Page("cliente", ("mensaje", message), ("transaccion", ticket.Folio), ("importe", ticket.Fields["total"]),
        ("regimenes", Options.Of(SatCatalogs.Regimenes.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Key}-{entry.Value}")), visit.Field("vCLIREG"), "(Ninguno)")),
        ("usos", Options.Of(SatCatalogs.Usos.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Key}-{entry.Value}")), visit.Field("vCLIUSO"), "(Ninguno)")));

    private static IResult Rows(Visit visit, Emission emission, string message) => visit.Page("facturas", ("mensaje", message), ("id", visit.Session.Hold(emission).ToString()),
        ("transaccion", emission.Ticket.Folio), ("rfc", emission.Receptor.Rfc), ("uuid", emission.Uuid.ToString().ToUpperInvariant()), ("importe", emission.Ticket.Fields["total"]));
}
