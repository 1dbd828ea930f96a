using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Aurora;

/// <summary>GET Billing/Index: the three sections, as typed when a stamping was refused.</summary>
public static class ShowForm
{
    private static readonly Dictionary<string, string> Payments = new()
    {
        ["01"] = "Cash / Efectivo", ["03"] = "Wire / Transferencia electrónica de fondos", ["04"] = "Credit card / Tarjeta de crédito", ["28"] = "Debit card / Tarjeta de débito", ["99"] = "Por definir",
    };

    public static IResult Handle(Visit visit)
    {
        visit.Session.Ticket = null;
        return Show(visit, visit.Session.TakeNotice(), 1);
    }

    internal static IResult Show(Visit visit, string message, int open) => visit.Page("index", ("mensaje", message), ("abierta", open.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("regimenes", Options.Of(SatCatalogs.Regimenes.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)), visit.Field("TaxRegime"), "Select / Seleccione")),
        ("usos", Options.Of(SatCatalogs.Usos.Select(entry => KeyValuePair.Create(entry.Key, $"{entry.Key} {entry.Value}")), visit.Field("CfdiUse"), "Select / Seleccione")),
        ("pagos", Options.Of(Payments, visit.Field("PaymentForm"), "Select / Seleccione")));
}
