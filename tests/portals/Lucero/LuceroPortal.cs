using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Lucero;

/// <summary>
/// P9, department store on a shared WebForms platform: buttons that are pictures, the RFC in two boxes, a captcha beside the ticket, the mail twice,
/// everything said in dialogs of the browser, files by mail only. From 24 hours to 45 days.
/// </summary>
public sealed class LuceroPortal : IPortal
{
    internal const string Page = "/lucero/lucero_efw.aspx";

    public static readonly Merchant Shop = new(
        "lucero", "Almacenes Lucero", "OÑO120726RX3", "ORGANICOS ÑAVEZ OSORIO", "601", "40501",
        "AV. DEL LUCERO 400 COL. OBRERA", "LU", TimeSpan.FromHours(24), TimeSpan.FromDays(45));

    internal static readonly Post ByMail = new("attachments", 2, 25);

    /// <summary>What the till rang up, as the ticket prints it and the last page asks.</summary>
    internal static readonly IReadOnlyList<string> SaleTypes = ["FARMACIA", "MUEBLES", "ROPA", "OTROS"];

    public Merchant Merchant => Shop;
    public string SessionCookie => "ASP.NET_SessionIdEF";
    public string FirstPage => Page;
    public string FolioField => "txtNumTicket";

    public IReadOnlyList<Product> Products { get; } =
    [
        new("PLANCHA DE VAPOR", "52141502", "H87", 320, 890), new("TOALLA BANO", "52121700", "H87", 89, 240),
        new("SARTEN 24CM", "52151807", "H87", 199, 520), new("PILAS AA 4PZ", "26111702", "H87", 49, 120),
    ];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(17), ["tienda"] = Chance.Number(3), ["caja"] = Chance.Number(2), ["tipo_venta"] = Chance.Of(SaleTypes),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("ALMACENES LUCERO", Shop.LegalName, $"R.F.C. {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Pair($"TDA {ticket.Fields["tienda"]}", $"CAJA {ticket.Fields["caja"]}").Pair("FECHA", ticket.PurchasedAt.Minute())
        .Rule('=').Items(ticket.Items).Rule('=')
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL M.N.", $"${Slip.Money(ticket.Total)}")
        .Left(Slip.PaymentForm(ticket.FormaPago)).Left($"TIPO DE VENTA: {ticket.Fields["tipo_venta"]}")
        .Blank().Left("NUMERO DE TICKET").Center(Slip.Blocks(ticket.Folio, 4))
        .Blank().Center("SU FACTURA EN", $"{addresses[0]}{Page}", "24 HRS DESPUES DE SU COMPRA").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect(Page));
        routes.MapGet(Page, Wizard.Open).Step("form");
        routes.MapPost(Page, Wizard.PostBack).Step("continue")
            .Button("imgSiguiente.x", "validate", new(1, 4)).Button("imgAlta.x", "receptor", new(0.5, 2)).Button("imgFacturar.x", "submit", new(5, 25))
            .Button("imgReenviar.x", "recover", new(1, 4));
        routes.MapGet("/lucero/img/{words}.svg", Buttons.Draw);
        routes.MapGet("/lucero/captcha.ashx", (Visit visit, CaptchaDesk captchas) => Results.Bytes(captchas.Show(Shop.Portal, visit.Session.Id, another: true).Png, "image/png")).Step("captcha");
        routes.MapGet("/lucero/refacturacion.aspx", (Visit visit) => visit.Page("senuelo", ("titulo", "Refacturación"))).Step("decoy");
        routes.MapGet("/lucero/publico.aspx", (Visit visit) => visit.Page("senuelo", ("titulo", "Público en general"))).Step("decoy");
        routes.MapGet("/lucero/encuesta.aspx", (Visit visit) => visit.Page("senuelo", ("titulo", "Encuesta de servicio"))).Step("decoy");
        routes.MapPost("/lucero/senuelo.aspx", (Visit visit) => visit.Page("senuelo", ("titulo", "Gracias"))).Step("decoy");
    }
}
