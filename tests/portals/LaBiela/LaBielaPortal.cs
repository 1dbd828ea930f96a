using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LaBiela;

/// <summary>
/// P32, spare parts on Oracle APEX: items named by page, the branch from a popup list with a search box, "se ha producido 1 error" above the form, the receptor in a modal page (a frame in a dialog),
/// the PDF in a frame beside a report row with the XML. From three hours to the second day of the next month.
/// </summary>
public sealed class LaBielaPortal : IPortal
{
    internal const string App = "/ords/r/labiela/facturacion";

    public static readonly Merchant Shop = new(
        "la-biela", "Refaccionaria La Biela", "L&O950913MSA", "LUCES & OBRAS", "601", "60922",
        "BLVD. LAZARO CARDENAS 1902", "LB", TimeSpan.FromHours(3), TimeSpan.FromDays(31))
    {
        Closes = purchase => purchase.EndOfMonth().AddDays(2),
    };

    /// <summary>Key to name, as the popup lists them.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Branches = new SortedDictionary<string, string>
    {
        ["1"] = "MATRIZ LAZARO CARDENAS", ["2"] = "APATZINGAN", ["3"] = "URUAPAN CENTRO", ["4"] = "URUAPAN LIBRAMIENTO", ["5"] = "MORELIA CAMELINAS", ["6"] = "MORELIA SALIDA A QUIROGA", ["7"] = "ZAMORA", ["8"] = "PATZCUARO", ["9"] = "NUEVA ITALIA",
    };

    public Merchant Merchant => Shop;
    public string SessionCookie => "ORA_WWV_APP_211";
    public string FirstPage => $"{App}/venta";
    public string FolioField => "P10_REMISION";

    public IReadOnlyList<Product> Products { get; } = [new("BALATAS DELANTERAS", "25171700", "H87", 380, 920), new("ACEITE 15W40 5L", "15121501", "H87", 420, 690), new("FILTRO DE ACEITE", "40161504", "H87", 85, 190)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string> { ["folio"] = $"{Chance.Letters(1)}{Chance.Number(7)}", ["sucursal"] = Branches[Chance.Of([.. Branches.Keys])], ["vendedor"] = Chance.Number(3), ["pedido"] = Chance.Number(5) };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("REFACCIONARIA LA BIELA", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Left($"SUCURSAL: {ticket.Fields["sucursal"]}").Pair($"VENDEDOR {ticket.Fields["vendedor"]}", $"PEDIDO {ticket.Fields["pedido"]}").Pair($"REMISION {ticket.Folio}", ticket.PurchasedAt.Minute())
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("I.V.A.", Slip.Money(ticket.Iva)).Pair("IMPORTE TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("EMITA SU CFDI EN", $"{addresses[0]}/ords/", "HASTA EL DIA 2 DEL MES SIGUIENTE").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var start in (string[])["/", "/ords"]) routes.MapGet(start, () => Results.Redirect($"{App}/venta"));
        var pages = routes.MapGroup(App);
        pages.MapGet("/venta", SalePage.Show).Step("form");
        pages.MapPost("/venta", SalePage.Find).Step("validate").Takes(1, 3);
        pages.MapGet("/datos-receptor", ReceptorDialog.Show).Step("receptor");
        pages.MapPost("/datos-receptor", ReceptorDialog.Stamp).Step("submit").Takes(4, 12);
        pages.MapGet("/comprobante", Vouchers.Show).Step("result");
        pages.MapGet("/comprobantes", (Visit visit) => visit.Page("comprobantes")).Step("recover");
        pages.MapPost("/comprobantes", Vouchers.Find).Step("recover").Takes(1, 3);
        pages.MapGet("/archivo", (Visit visit, Guid id, string tipo, Delivery delivery) => tipo == "xml" ? delivery.Xml(visit, id, $"{Shop.Serie}_{id:N}.xml") : Delivery.Pdf(visit, id, null)).Step("download");
        foreach (var other in (string[])["cotizador", "garantias", "login"]) pages.MapGet($"/{other}", (Visit visit) => visit.Page("garantias")).Step("decoy");
        pages.MapPost("/garantias", (Visit visit) => visit.Page("garantias")).Step("decoy");
    }
}
