using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.ElTrazo;

/// <summary>
/// P31, stationer on Laravel: a Bootstrap accordion of three parts with jQuery validation, the RFC looked up and what is on file shown to be confirmed or changed, Select2 lists, SweetAlert dialogs,
/// files on a page of their own and by mail. From 24 hours to the fifth day of the next month.
/// </summary>
public sealed class ElTrazoPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "el-trazo", "Papelerías El Trazo", "XIA190128J61", "XENON INDUSTRIAL ARTICLES", "601", "76343",
        "AV. UNIVERSIDAD 88 COL. CENTRO", "ET", TimeSpan.FromHours(24), TimeSpan.FromDays(35))
    {
        Closes = purchase => purchase.EndOfMonth().AddDays(5),
    };

    internal static readonly Post ByMail = new("zip", 1, 10);

    public Merchant Merchant => Shop;
    public string SessionCookie => "eltrazo_session";
    public string FirstPage => "/facturacion";
    public string FolioField => "ticket";

    public IReadOnlyList<Product> Products { get; } = [new("PAPEL BOND CARTA 500H", "14111507", "H87", 95, 160), new("TONER NEGRO COMPATIBLE", "44103103", "H87", 480, 1250), new("CARPETA 3 ARGOLLAS", "44122003", "H87", 55, 140)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(9), ["codigo_facturacion"] = Chance.Mix(8), ["caja"] = Chance.Digits(2), ["cajero"] = Chance.Of((string[])["LAURA", "OMAR", "NADIA"]),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("PAPELERIAS EL TRAZO", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Pair($"CAJA {ticket.Fields["caja"]}", $"ATENDIO {ticket.Fields["cajero"]}").Pair("TICKET", ticket.Folio).Left(ticket.PurchasedAt.Minute())
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA 16%", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Left($"CODIGO DE FACTURACION: {ticket.Fields["codigo_facturacion"]}").Center("FACTURA TU COMPRA DESPUES DE 24 HRS EN", $"{addresses[0]}/facturacion").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/facturacion"));
        routes.MapGet("/facturacion", Accordion.Show).Step("form");
        routes.MapPost("/facturacion/ticket", Accordion.Find).Step("validate").Takes(0.5, 2);
        routes.MapPost("/facturacion/cliente", Accordion.Customer).Step("receptor").Takes(0.5, 2);
        routes.MapPost("/facturacion/generar", Accordion.Invoice).Step("submit").Takes(3, 10);
        routes.MapGet("/facturacion/factura/{id:guid}", Invoices.Show).Step("result");
        routes.MapGet("/facturacion/descargar", Invoices.Ask).Step("recover");
        routes.MapPost("/facturacion/descargar", Invoices.Find).Step("recover").Takes(1, 3);
        routes.MapGet("/facturacion/factura/{id:guid}/xml", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, $"{id:D}.xml")).Step("download");
        routes.MapGet("/facturacion/factura/{id:guid}/pdf", (Visit visit, Guid id) => Delivery.Pdf(visit, id, null)).Step("download");
        foreach (var other in (string[])["tiendas", "mayoreo", "bolsa-de-trabajo"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("mayoreo")).Step("decoy");
        routes.MapPost("/mayoreo", (Visit visit) => visit.Page("mayoreo")).Step("decoy");
    }
}
