using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.SieteSoles;

/// <summary>P4, AngularJS with a cart: 35 digits, image captcha, a notice to scroll through, two confirmations, ZIP. To the fifth of the next month.</summary>
public sealed class SieteSolesPortal : IPortal
{
    private const string Root = "/KPortalExterno";

    public static readonly Merchant Shop = new(
        "siete-soles", "Siete Soles", "XIA190128J61", "XENON INDUSTRIAL ARTICLES", "601", "76343",
        "CALZ. DEL SOL 77", "SS", TimeSpan.Zero, TimeSpan.FromDays(35))
    {
        Closes = purchase => purchase.EndOfMonth().AddDays(5),
    };

    public Merchant Merchant => Shop;
    public string SessionCookie => "JSESSIONIDKP";
    public string FirstPage => $"{Root}/";
    public string FolioField => "noTicket";

    public IReadOnlyList<Product> Products { get; } =
    [
        new("SLURPEE MEDIANO", "50202306", "H87", 22, 34),
        new("SANDWICH JAMON", "50193000", "H87", 38, 59),
        new("CHOCOLATE 45G", "50161813", "H87", 16, 28),
        new("AUDIFONOS", "52161514", "H87", 99, 289),
    ];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string> { ["folio"] = Chance.Digits(35), ["ref"] = Chance.Digits(12) };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses)
    {
        var blocks = ticket.Folio.Chunk(7).Select(block => new string(block)).ToArray();
        return new Slip()
            .Center("SIETE SOLES", Shop.LegalName, $"RFC: {Shop.Rfc}", Shop.Address, $"QUERETARO C.P. {Shop.PostalCode}")
            .Blank().Pair(ticket.PurchasedAt.Minute(), $"REF {ticket.Fields["ref"]}")
            .Rule().Items(ticket.Items).Rule()
            .Pair("SUBTOTAL", $"${Slip.Money(ticket.Subtotal)}").Pair("IVA 16%", $"${Slip.Money(ticket.Iva)}").Pair("TOTAL", $"${Slip.Money(ticket.Total)}")
            .Left(Slip.PaymentForm(ticket.FormaPago))
            .Blank().Left("No. TICKET:").Left(string.Join(' ', blocks[..3])).Left(string.Join(' ', blocks[3..]))
            .Blank().Center("FACTURA EN", $"{addresses[0]}{Root}/", "HASTA EL DIA 5 DEL SIGUIENTE MES").Lines;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect($"{Root}/"));
        var pages = routes.MapGroup(Root);
        pages.MapGet("/", (Visit visit) => visit.Page("inicio", ("mensaje", visit.Session.TakeNotice()))).Step("form");
        pages.MapGet("/express", ShowCart.Handle).Step("form");
        pages.MapGet("/Kaptcha.jpg", (Visit visit, CaptchaDesk captchas, string? r) =>
            Results.Bytes(captchas.Show(Shop.Portal, visit.Session.Id, another: r is not null).Png, "image/png")).Step("captcha");
        pages.MapPost("/rest/agregar", AddTicket.Handle).Step("validate").Takes(0.5, 3);
        pages.MapPost("/rest/quitar", ShowCart.Remove).Step("continue");
        pages.MapPost("/rest/facturar", InvoiceCart.Handle).Step("submit").Takes(3, 12);
        pages.MapGet("/rest/archivos", (Visit visit, Guid id, Delivery delivery) => delivery.Zip(visit, id, $"Factura_{id:N}.zip")).Step("download");
        pages.MapGet("/consulta", (Visit visit) => visit.Page("consulta")).Step("recover");
        pages.MapPost("/rest/consulta", FindInvoice.Handle).Step("recover");
        pages.MapGet("/clientes", (Visit visit) => visit.Page("senuelo", ("titulo", "Clientes registrados"))).Step("decoy");
        pages.MapGet("/refacturar", (Visit visit) => visit.Page("senuelo", ("titulo", "Refacturar"))).Step("decoy");
        pages.MapGet("/encuesta", (Visit visit) => visit.Page("senuelo", ("titulo", "Encuesta de satisfacción"))).Step("decoy");
    }
}
