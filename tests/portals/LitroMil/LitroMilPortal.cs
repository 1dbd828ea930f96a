using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LitroMil;

/// <summary>Fuel, two addresses of which the first is down, the form in a popup, fiscal fields dead until «Agregar». 72 hours, two after the purchase.</summary>
public sealed class LitroMilPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "litro-mil", "Litro Mil Test", "IVD920810GU2", "INNOVACION VALOR Y DESARROLLO", "601", "63901",
        "CARR. FED. 200 KM 14.5", "LM", TimeSpan.FromHours(2), TimeSpan.FromHours(72));

    public Merchant Merchant => Shop;
    public string SessionCookie => "ASP.NET_SessionId";
    public string FirstPage => "/litromil/facturar.aspx";

    public IReadOnlyList<Product> Products { get; } = [new("MAGNA", "15101514", "LTR", 200, 900), new("PREMIUM", "15101515", "LTR", 300, 1200)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(7),
        ["web_id"] = Chance.Mix(8),
        ["estacion"] = Chance.Of(Stations.All).Key,
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses)
    {
        var slip = new Slip()
            .Center("LITRO MIL TEST", Shop.LegalName, $"R.F.C. {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
            .Blank().Left($"ESTACION: {ticket.Fields["estacion"]}").Left(Stations.NameOf(ticket.Fields["estacion"])[9..])
            .Pair("FECHA:", ticket.PurchasedAt.Minute())
            .Pair("FOLIO (DESPACHO):", ticket.Folio).Pair("WEB ID:", ticket.Fields["web_id"])
            .Rule('=');
        foreach (var item in ticket.Items)
            slip.Pair("PRODUCTO", item.Description).Pair("LITROS", $"{item.Quantity}").Pair("IMPORTE", $"${Slip.Money(item.Amount)}");
        return slip.Rule('=')
            .Pair("SUBTOTAL", $"$ {Slip.Money(ticket.Subtotal)}").Pair("I.V.A. 16%", $"$ {Slip.Money(ticket.Iva)}")
            .Pair("TOTAL", $"$ {Slip.Money(ticket.Total)}").Left($"FORMA DE PAGO: {Slip.PaymentForm(ticket.FormaPago)}")
            .Blank().Center("FACTURE EN:").Center([.. addresses]).Center("TIENE 72 HRS PARA FACTURAR")
            .Lines;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (Visit visit) => visit.Page("portada")).Step("form");
        var pages = routes.MapGroup("/litromil");
        pages.MapGet("/", (Visit visit) => visit.Page("portada")).Step("form");
        pages.MapGet("/facturar.aspx", InvoicePage.Open).Step("form");
        pages.MapPost("/facturar.aspx", InvoicePage.PostBack).Step("form")
            .Button("btnBuscar", "validate").Button("btnAgregar", "receptor").Button("btnGenerar", "submit");
        pages.MapGet("/archivos.ashx", (Visit visit, Guid id, Delivery delivery) => delivery.Zip(visit, id, $"CFDI_{id}.zip")).Step("download");
        pages.MapGet("/consulta.aspx", (Visit visit) => visit.Page("consulta")).Step("recover");
        pages.MapPost("/consulta.aspx", RecoverInvoice.Handle).Step("recover");
        pages.MapGet("/refacturar.aspx", (Visit visit) => visit.Page("senuelo", ("titulo", "Refacturar"))).Step("decoy");
        pages.MapGet("/encuesta.aspx", (Visit visit) => visit.Page("senuelo", ("titulo", "Encuesta de servicio"))).Step("decoy");
        pages.MapGet("/global.aspx", (Visit visit) => visit.Page("senuelo", ("titulo", "Factura público en general"))).Step("decoy");
    }
}
