using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Nopalera;

/// <summary>
/// P10, supermarket on Angular Material: no ids to hold on to, labels that no input names, a shop list of hundreds, a calendar, lists hung on the body,
/// messages that fade, an emission that takes its time, files as base64 in its answer. From two hours to 30 days.
/// </summary>
public sealed class NopaleraPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "nopalera", "Súper La Nopalera", "XIQB891116QE4", "BERENICE XIMO QUEZADA", "612", "40968",
        "CALZ. DEL NOPAL 2150", "NP", TimeSpan.FromHours(2), TimeSpan.FromDays(30));

    public Merchant Merchant => Shop;
    public string SessionCookie => "np_session";
    public string FirstPage => "/cli/invoice-create";

    public IReadOnlyList<Product> Products { get; } =
    [
        new("TORTILLA MAIZ 1KG", "50221300", "KGM", 18, 30), new("NOPAL LIMPIO", "50405600", "KGM", 20, 45), new("JABON ROPA 3L", "47131800", "H87", 80, 160),
        new("CAFE MOLIDO 500G", "50201706", "H87", 95, 210), new("ACEITE 900ML", "50151500", "H87", 38, 60),
    ];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(7), ["sucursal"] = Chance.Of(Shops.All).Key, ["caja"] = Chance.Number(2), ["operador"] = Chance.Number(7),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("SUPER LA NOPALERA", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Left($"SUC: {ticket.Fields["sucursal"]} {Shops.NameOf(ticket.Fields["sucursal"])}")
        .Pair($"CAJA {ticket.Fields["caja"]}", $"OPER {ticket.Fields["operador"]}").Pair($"TICKET {ticket.Folio}", ticket.PurchasedAt.Minute())
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA 16%", Slip.Money(ticket.Iva)).Pair("TOTAL VENTA", $"${Slip.Money(ticket.Total)}")
        .Left(Slip.PaymentForm(ticket.FormaPago)).Blank().Center("FACTURACION ELECTRONICA", addresses[0], "30 DIAS NATURALES").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/cli/invoice-create"));
        var pages = routes.MapGroup("/cli");
        pages.MapGet("/invoice-create", ShowForm.Handle).Step("form");
        pages.MapGet("/customer-tax-data", () => Results.Redirect("/cli/invoice-create"));
        pages.MapGet("/api/stores", Shops.Suggest).Step("station");
        pages.MapPost("/api/tickets", AddTicket.Handle).Step("validate").Takes(0.5, 3);
        pages.MapGet("/api/customers", FindCustomer.Handle).Step("receptor");
        pages.MapPost("/api/invoices", CreateInvoice.Handle).Step("submit").Takes(20, 110);
        pages.MapGet("/invoice-search", (Visit visit) => visit.Page("buscar")).Step("recover");
        pages.MapPost("/api/search", SearchInvoice.Handle).Step("recover").Takes(0.5, 3);
        foreach (var other in (string[])["invoice-cancel", "general-public", "survey"]) pages.MapGet($"/{other}", (Visit visit) => visit.Page("senuelo")).Step("decoy");
        pages.MapPost("/api/other", () => Results.Json(new { ok = true, mensaje = "Enviado" })).Step("decoy");
    }
}
