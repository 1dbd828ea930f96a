using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LitroMil;

/// <summary>GET and POST facturar.aspx: one page that posts back to itself; the button pressed says what to do.</summary>
public static class InvoicePage
{
    public static IResult Open(Visit visit)
    {
        visit.Session.Ticket = null;
        visit.Session.Values.Clear();
        return With(visit, visit.Session.TakeNotice());
    }

    public static IResult PostBack(Visit visit, InvoiceDesk desk) => Pressed(visit) switch
    {
        "btnBuscar" => FindTicket.Handle(visit, desk),
        "btnAgregar" => AddRfc.Handle(visit),
        "btnGenerar" => GenerateInvoice.Handle(visit, desk),
        _ => With(visit, ""),
    };

    /// <summary>The page again with what was typed. Fiscal data survive only once the RFC was added.</summary>
    internal static IResult With(Visit visit, string message, StaleCustomer? saved = null)
    {
        var added = visit.Session.Values.ContainsKey("rfc");
        string Kept(string field) => added ? visit.Field(field) : "";
        return visit.Page("facturar",
            ("mensaje", message),
            ("vista", Chance.Hex(64)),
            ("agregado", added ? "true" : "false"),
            ("despacho", visit.Session.Ticket is { } ticket ? $"Despacho {ticket.Folio}  Importe ${ticket.Fields["total"]}  {ticket.Items[0].Description} {ticket.Items[0].Quantity} L" : ""),
            ("estaciones", Options.Of(Stations.Options, visit.Field("cmbGasolineras"), "Seleccione estación")),
            ("txtRazon", saved?.Nombre ?? Kept("txtRazon")),
            ("txtCorreo", saved?.Correo ?? Kept("txtCorreo")),
            ("txtCp", saved?.Cp ?? Kept("txtCp")),
            ("regimenes", Options.Of(FiscalLists.Regimenes, Kept("cmbRegimen"), "")),
            ("usos", Options.Of(FiscalLists.Usos, Kept("cmbUsos"), "")));
    }

    private static string? Pressed(Visit visit) => new[] { "btnBuscar", "btnAgregar", "btnGenerar" }.FirstOrDefault(button => visit.Field(button).Length > 0);
}
