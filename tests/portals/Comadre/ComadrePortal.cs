using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Comadre;

/// <summary>
/// P11, restaurant on a till maker's platform: three fields, then only the mail is asked, because everything else is on file — as it was years ago,
/// for some with a use that SAT would accept. Seven days.
/// </summary>
public sealed class ComadrePortal : IPortal
{
    internal const string Root = "/lacomadre";

    public static readonly Merchant Shop = new(
        "comadre", "La Comadre", "MISC491214B86", "CECILIA MIRANDA SANCHEZ", "612", "01010",
        "CALLE DEL COMAL 18", "LC", TimeSpan.Zero, TimeSpan.FromDays(7));

    internal static readonly Post ByMail = new("attachments", 1, 5);

    public Merchant Merchant => Shop;
    public string SessionCookie => "mf_sid";
    public string FirstPage => $"{Root}/";
    public string FolioField => "FolioTicket";

    public IReadOnlyList<Product> Products { get; } =
        [new("CONSUMO DE ALIMENTOS", "90101501", "E48", 160, 980), new("BEBIDAS", "90101501", "E48", 40, 320), new("POSTRES", "90101501", "E48", 55, 190)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(6), ["codigo_facturacion"] = Chance.Mix(9), ["mesa"] = Chance.Number(2), ["orden"] = Chance.Number(4),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("LA COMADRE", "COCINA MEXICANA", Shop.LegalName, $"RFC:{Shop.Rfc}", Shop.Address, $"CP {Shop.PostalCode}")
        .Pair($"MESA: {ticket.Fields["mesa"]}", $"ORDEN: {ticket.Fields["orden"]}").Pair($"FOLIO: {ticket.Folio}", ticket.PurchasedAt.Minute())
        .Rule('=').Items(ticket.Items).Rule('=').Pair("SUBTOTAL:", Slip.Money(ticket.Subtotal)).Pair("IVA:", Slip.Money(ticket.Iva)).Pair("TOTAL:", $"${Slip.Money(ticket.Total)}")
        .Left($"PAGO: {Slip.PaymentForm(ticket.FormaPago)}").Left("PROPINA: ________")
        .Blank().Center("FACTURA TU CONSUMO EN", $"{addresses[0]}{Root}").Left($"CODIGO UNICO: {ticket.Fields["codigo_facturacion"]}").Center("TIENES 7 DIAS").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (Visit visit) => visit.Page("sucursales")).Step("form");
        var pages = routes.MapGroup(Root);
        pages.MapGet("/", (Visit visit) => FindBill.Show(visit, visit.Session.TakeNotice())).Step("form");
        pages.MapPost("/", FindBill.Handle).Step("validate").Takes(0.5, 3);
        pages.MapPost("/datos", InvoiceBill.Handle).Step("submit").Takes(3, 12);
        pages.MapGet("/xml/{id:guid}", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, $"{id}.xml")).Step("download");
        pages.MapGet("/pdf/{id:guid}", (Visit visit, Guid id) => Delivery.Pdf(visit, id, null)).Step("download");
        pages.MapGet("/reimprimir", (Visit visit) => visit.Page("reimprimir")).Step("recover");
        pages.MapPost("/reimprimir", PrintAgain.Handle).Step("recover");
        foreach (var other in (string[])["pedidos", "resena", "cancelar"]) pages.MapGet($"/{other}", (Visit visit) => visit.Page("senuelo")).Step("decoy");
        pages.MapPost("/otro", (Visit visit) => visit.Page("senuelo")).Step("decoy");
    }
}
