using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.ValleReal;

/// <summary>
/// P25, petrol stations on GeneXus: control names of its own, station by list, transaction, Web ID and an image to read, one page for the ticket and one for the customer,
/// messages above the form, files in new windows; who asks for another's invoice hears that there are no rows. From half an hour to the end of the month and three days more.
/// </summary>
public sealed class ValleRealPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "valle-real", "Gasolineras Valle Real", "XIA190128J61", "XENON INDUSTRIAL ARTICLES", "601", "76343",
        "CARR. SAN LUIS KM 8.5", "VR", TimeSpan.FromMinutes(30), TimeSpan.FromDays(31))
    {
        Closes = purchase => purchase.EndOfMonth().AddDays(3),
    };

    /// <summary>Number to name.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Stations = new SortedDictionary<string, string>
    {
        ["02218"] = "VALLE REAL", ["03407"] = "VALLE REAL II", ["04126"] = "LA CAÑADA", ["05581"] = "JURIQUILLA", ["06033"] = "EL MARQUES", ["07792"] = "PARQUE QUERETARO", ["08810"] = "PEDRO ESCOBEDO", ["09264"] = "SAN JUAN DEL RIO", ["11405"] = "BERNAL",
    };

    public Merchant Merchant => Shop;
    public string SessionCookie => "GX_SESSION_ID";
    public string FirstPage => "/facturacion/servlet/wpfacturar";
    public string FolioField => "vTRANSACCION";

    public IReadOnlyList<Product> Products { get; } = [new("MAGNA", "15101514", "LTR", 300, 1200), new("PREMIUM", "15101515", "LTR", 300, 1400), new("DIESEL", "15101505", "LTR", 500, 2400)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(7), ["estacion"] = Chance.Of([.. Stations.Keys]), ["web_id"] = Chance.Mix(6), ["bomba"] = Chance.Number(2),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("GASOLINERAS VALLE REAL", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Left($"ESTACION {ticket.Fields["estacion"]} {Stations[ticket.Fields["estacion"]]}").Pair($"BOMBA {ticket.Fields["bomba"]}", ticket.PurchasedAt.Minute()).Left($"TRANSACCION: {ticket.Folio}").Left($"WEB ID: {ticket.Fields["web_id"]}")
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("FACTURE EN", $"{addresses[0]}/facturacion").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/facturacion/servlet/wpfacturar"));
        routes.MapGet("/facturacion", () => Results.Redirect("/facturacion/servlet/wpfacturar"));
        routes.MapGet("/facturacion/servlet/wpfacturar", TicketPage.Open).Step("form");
        routes.MapPost("/facturacion/servlet/wpfacturar", TicketPage.Confirm).Step("validate").Takes(1, 4);
        routes.MapGet("/facturacion/servlet/captcha", (Visit visit, CaptchaDesk captchas) => Results.Bytes(captchas.Show(Shop.Portal, visit.Session.Id, another: true).Png, "image/png")).Step("captcha");
        routes.MapPost("/facturacion/servlet/wpcliente", CustomerPage.Confirm).Step("submit").Takes(4, 12);
        routes.MapGet("/facturacion/servlet/wpconsulta", (Visit visit) => visit.Page("consulta")).Step("recover");
        routes.MapPost("/facturacion/servlet/wpconsulta", CustomerPage.Find).Step("recover").Takes(1, 3);
        routes.MapGet("/facturacion/servlet/axml", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, $"{id:N}.xml")).Step("download");
        routes.MapGet("/facturacion/servlet/apdf", (Visit visit, Guid id) => Delivery.Pdf(visit, id, null)).Step("download");
        foreach (var other in (string[])["wpquejas", "wpflotillas", "wpcancelar"]) routes.MapGet($"/facturacion/servlet/{other}", (Visit visit) => visit.Page("quejas")).Step("decoy");
        routes.MapPost("/facturacion/servlet/wpquejas", (Visit visit) => visit.Page("quejas")).Step("decoy");
    }
}
