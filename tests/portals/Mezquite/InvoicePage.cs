using System.Text.Json;
using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Mezquite;

/// <summary>GET and POST generar_factura.aspx: one page that posts back to itself; the button pressed says what to do.</summary>
public static class InvoicePage
{
    public static IResult Open(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        return With(visit, visit.Session.TakeNotice());
    }

    public static IResult PostBack(Visit visit, InvoiceDesk desk, Engine.Mail.MailRoom mail)
    {
        if (!visit.Session.Values.TryGetValue("vista", out var state) || visit.Field("__VIEWSTATE") != state)
        {
            visit.Session.Notice = "La sesión ha expirado, capture nuevamente su despacho.";
            return Results.Redirect(visit.Portal.FirstPage);
        }

        if (visit.Field("btnSerchTk").Length > 0) return FindTicket.Handle(visit, desk);
        if (visit.Field("btnAddRfc").Length > 0) return AddRfc.Handle(visit);
        return visit.Field("btnGenFacUs").Length > 0 ? GenerateInvoice.Handle(visit, desk, mail) : With(visit, "");
    }

    /// <summary>The page again. Fiscal data typed before «Agregar» are gone.</summary>
    /// <param name="alert">Said in a dialog of the browser.</param>
    internal static IResult With(Visit visit, string message, string alert = "", StaleCustomer? saved = null)
    {
        var added = visit.Session.Values.ContainsKey("rfc");
        string Kept(string field) => added ? visit.Field(field) : "";
        return visit.Page("facturar",
            ("mensaje", message),
            ("alerta", alert.Length == 0 ? "" : $"<script>alert({JsonSerializer.Serialize(alert)})</script>"),
            ("vista", visit.Session.Values["vista"] = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(Chance.Hex(160)))),
            ("despacho_datos", Found(visit.Session.Ticket)),
            ("inputRazon", saved?.Nombre ?? Kept("inputRazon")),
            ("inputCorreo", saved?.Correo ?? Kept("inputCorreo")),
            ("inputCp", saved?.Cp ?? Kept("inputCp")),
            ("regimenes", Options.Of(Listed(SatCatalogs.Regimenes), Kept("cmbRegimen"), "-- SELECCIONE --")),
            ("usos", Options.Of(Listed(SatCatalogs.Usos), Kept("cmbUsos"), "-- SELECCIONE --")));
    }

    private static IEnumerable<KeyValuePair<string, string>> Listed(IReadOnlyDictionary<string, string> catalogue) =>
        catalogue.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Key} - {entry.Value.ToUpperInvariant()}"));

    private static string Found(Engine.Ledger.Ticket? ticket) =>
        ticket is null ? "" : $"{ticket.Items[0].Description} {ticket.Items[0].Quantity} lts.   Importe: ${ticket.Fields["total"]}";
}
