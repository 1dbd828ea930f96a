using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.TresRios;

/// <summary>
/// P15, hardware store on Bootstrap: a cookie notice over the foot of the page, tabs, a list of operations that grows by a span, customer's data in a dialog whose fields wake
/// when the RFC was looked up, a municipality found by postal code, data shown again before stamping, toasts that vanish, icons instead of words. From an hour to 20 days.
/// </summary>
public sealed class TresRiosPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "tres-rios", "Ferreterías Tres Ríos", "IAÑL750210963", "LUIS IAN ÑUZCO", "612", "82525",
        "BLVD. TRES RIOS 1190", "TR", TimeSpan.FromHours(1), TimeSpan.FromDays(20));

    public Merchant Merchant => Shop;
    public string SessionCookie => "tr_sid";
    public string FirstPage => "/autofactura";
    public string FolioField => "operacion";

    public IReadOnlyList<Product> Products { get; } =
    [
        new("TALADRO 1/2", "27112700", "H87", 690, 1900), new("CEMENTO GRIS 50KG", "30111601", "H87", 210, 290),
        new("BROCHA 3 PULG", "31211904", "H87", 35, 80), new("CABLE THW 12", "26121600", "MTR", 180, 900),
    ];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(10), ["terminal"] = Chance.Number(3), ["vendedor"] = Chance.Number(5), ["autorizacion"] = Chance.Digits(6),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("FERRETERIAS TRES RIOS", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"CP {Shop.PostalCode}")
        .Pair($"TERMINAL {ticket.Fields["terminal"]}", ticket.PurchasedAt.Minute()).Pair("OPERACION", ticket.Folio).Pair("LE ATENDIO", ticket.Fields["vendedor"])
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}")
        .Left(Slip.PaymentForm(ticket.FormaPago)).Pair("AUT.", ticket.Fields["autorizacion"])
        .Blank().Center("AUTOFACTURA", $"{addresses[0]}/autofactura", "TIENE 20 DIAS").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/autofactura"));
        routes.MapGet("/autofactura", ShowForm.Handle).Step("form");
        routes.MapPost("/autofactura/operacion", AddOperation.Handle).Step("validate").Takes(1, 3);
        routes.MapGet("/autofactura/cliente", AddOperation.Customer).Step("receptor");
        routes.MapGet("/autofactura/municipio", ShowForm.Municipality).Step("receptor");
        routes.MapPost("/autofactura/timbrar", StampOperations.Handle).Step("submit").Takes(3, 15);
        routes.MapPost("/autofactura/reimprimir", StampOperations.Again).Step("recover").Takes(1, 3);
        routes.MapGet("/autofactura/comprobante/{id:guid}/xml", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, $"CFDI_{id:N}.xml")).Step("download");
        routes.MapGet("/autofactura/comprobante/{id:guid}/pdf", (Visit visit, Guid id) => Delivery.Pdf(visit, id, $"CFDI_{id:N}.pdf")).Step("download");
        foreach (var other in (string[])["sustituir", "credito", "opinion"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("senuelo")).Step("decoy");
        routes.MapPost("/otro", (Visit visit) => visit.Page("senuelo")).Step("decoy");
    }
}
