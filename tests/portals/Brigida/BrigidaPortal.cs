using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Brigida;

/// <summary>
/// P13, pharmacy: the form stands in a frame of the company's site, the folio is masked and only believes keys, one box must be ticked and another must not,
/// the branch is asked before the fiscal part wakes up. From half an hour to 30 days.
/// </summary>
public sealed class BrigidaPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "brigida", "Farmacias Santa Brígida", "CACX7605101P8", "XOCHILT CASAS CHAVEZ", "612", "36257",
        "BLVD. SANTA BRIGIDA 77", "FB", TimeSpan.FromMinutes(30), TimeSpan.FromDays(30));

    private static readonly string[] Branches = ["BRIGIDA CENTRO 118", "BRIGIDA JUAREZ 204", "BRIGIDA HOSPITAL 37", "BRIGIDA LA LUZ 511"];

    public Merchant Merchant => Shop;
    public string SessionCookie => "fsb";
    public string FirstPage => "/movil/facturacion";
    public string FolioField => "folioFactura";

    public IReadOnlyList<Product> Products { get; } =
    [
        new("PARACETAMOL 500MG 20T", "51142001", "H87", 25, 60), new("ALCOHOL 500ML", "51102700", "H87", 30, 55), new("VITAMINA C", "51191905", "H87", 70, 190),
        new("PAÑAL ETAPA 3", "53102305", "H87", 180, 420),
    ];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = $"{Chance.Digits(6)}-{Chance.Digits(6)}-{Chance.Digits(1)}", ["caja"] = Chance.Number(2), ["ticket"] = Chance.Number(5), ["sucursal_nombre"] = Chance.Of(Branches),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("FARMACIAS SANTA BRIGIDA", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}", $"SUC. {ticket.Fields["sucursal_nombre"]}")
        .Pair($"CAJA: {ticket.Fields["caja"]}", $"TICKET: {ticket.Fields["ticket"]}").Left($"FECHA: {ticket.PurchasedAt.Minute()}")
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL A PAGAR", $"${Slip.Money(ticket.Total)}")
        .Left(Slip.PaymentForm(ticket.FormaPago)).Blank().Center("FOLIO PARA FACTURA", ticket.Folio, "FACTURE EN", addresses[0]).Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (Visit visit) => visit.Page("sitio"));
        var pages = routes.MapGroup("/movil");
        pages.MapGet("/facturacion", ShowForm.Handle).Step("form");
        pages.MapPost("/api/folio", CheckFolio.Handle).Step("validate").Takes(0.5, 4);
        pages.MapPost("/api/sucursal", CheckFolio.Confirm).Step("continue");
        pages.MapPost("/api/factura", MakeInvoice.Handle).Step("submit").Takes(3, 15);
        pages.MapGet("/xml", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, $"{id}.xml")).Step("download");
        pages.MapGet("/pdf", (Visit visit, Guid id) => Delivery.Pdf(visit, id, $"{id}.pdf")).Step("download");
        pages.MapGet("/reimpresion", (Visit visit) => visit.Page("reimpresion")).Step("recover");
        pages.MapPost("/api/reimpresion", FindAgain.Handle).Step("recover");
        pages.MapPost("/api/donativo", () => Results.Json(new { ok = true })).Step("decoy");
        foreach (var other in (string[])["refacturacion", "encuesta"]) pages.MapGet($"/{other}", (Visit visit) => visit.Page("senuelo")).Step("decoy");
    }
}
