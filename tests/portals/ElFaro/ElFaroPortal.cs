using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.ElFaro;

/// <summary>
/// P27, bookshop with a plug-in of its content manager: one form for ticket and receptor together, optional boxes among them, a privacy box to tick and a newsletter's to leave, cookie notice, search,
/// newsletter form and a bubble for messages around it; the answer below the button; files by mail. From four hours to 20 days.
/// </summary>
public sealed class ElFaroPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "el-faro", "Librería El Faro", "MISC491214B86", "CECILIA MIRANDA SANCHEZ", "612", "01010",
        "AV. REVOLUCION 1540", "LF", TimeSpan.FromHours(4), TimeSpan.FromDays(20));

    internal static readonly Post ByMail = new("attachments", 1, 15);

    public Merchant Merchant => Shop;
    public string SessionCookie => "wp_elfaro";
    public string FirstPage => "/facturacion/";
    public string FolioField => "fe-nota";

    public IReadOnlyList<Product> Products { get; } = [new("LIBRO NOVELA", "55101500", "H87", 180, 420), new("LIBRETA A5", "14111514", "H87", 60, 140), new("PLUMA GEL", "44121704", "H87", 18, 55)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string> { ["folio"] = $"N-{Chance.Number(6)}", ["caja"] = Chance.Number(1), ["cajero"] = Chance.Of((string[])["MARTA", "IVAN", "SOFIA"]) };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("LIBRERIA EL FARO", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Pair($"CAJA {ticket.Fields["caja"]}", $"LE ATENDIO {ticket.Fields["cajero"]}").Pair($"NOTA {ticket.Folio}", ticket.PurchasedAt.Minute())
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("SOLICITE SU FACTURA EN", $"{addresses[0]}/facturacion", "GRACIAS POR LEER").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (Visit visit) => visit.Page("inicio")).Step("form");
        routes.MapGet("/facturacion", InvoiceForm.Show).Step("form");
        routes.MapPost("/wp-admin/admin-ajax.php", InvoiceForm.Send).Button("fe-reenviar", "recover", new(1, 3)).Step("submit").Takes(3, 9);
        routes.MapGet("/reenvio-de-factura", (Visit visit) => visit.Page("reenvio")).Step("recover");
        foreach (var other in (string[])["contacto", "tienda", "eventos", "boletin"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("contacto")).Step("decoy");
        foreach (var other in (string[])["contacto", "boletin"]) routes.MapPost($"/{other}", (Visit visit) => visit.Page("contacto")).Step("decoy");
    }
}
