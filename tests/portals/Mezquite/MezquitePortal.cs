using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Mezquite;

/// <summary>P5, fuel: station by a combo whose value is hidden, fiscal fields wiped unless «Agregar» was pressed, files by mail only. 2 to 72 hours.</summary>
public sealed class MezquitePortal : IPortal
{
    public static readonly Merchant Shop = new(
        "mezquite", "Gasolinera El Mezquite", "H&E951128469", "HERRERIA & ELECTRICOS", "601", "06002",
        "CARR. PANAMERICANA KM 7", "MZ", TimeSpan.FromHours(2), TimeSpan.FromHours(72));

    internal static readonly Post ByMail = new("attachments", 1, 12);

    public Merchant Merchant => Shop;
    public string SessionCookie => "ASPSESSIONIDMZ";
    public string FirstPage => "/generar_factura.aspx";
    public string FolioField => "despacho";

    public IReadOnlyList<Product> Products { get; } =
        [new("MAGNA", "15101514", "LTR", 200, 900), new("PREMIUM", "15101515", "LTR", 300, 1200), new("DIESEL", "15101505", "LTR", 400, 2600)];

    /// <summary>The Web ID has an O and a 0, which the paper hardly tells apart; the pump's transaction is no folio.</summary>
    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(8),
        ["web_id"] = Chance.Confusing(8),
        ["estacion"] = Chance.Of(Stations.All).Key,
        ["transaccion"] = Chance.Number(8),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses)
    {
        var slip = new Slip()
            .Center("GASOLINERA EL MEZQUITE", Shop.LegalName, $"R.F.C. {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
            .Blank().Left($"ESTACION: {ticket.Fields["estacion"]}").Left(Stations.NameOf(ticket.Fields["estacion"])[9..])
            .Pair("FECHA:", ticket.PurchasedAt.Minute()).Pair("TRANSACCION BOMBA:", ticket.Fields["transaccion"])
            .Pair("DESPACHO:", ticket.Folio).Pair("WEB ID:", ticket.Fields["web_id"]).Rule('=');
        foreach (var item in ticket.Items)
            slip.Pair(item.Description, $"{item.Quantity} L").Pair("IMPORTE", $"${Slip.Money(item.Amount)}");
        return slip.Rule('=')
            .Pair("SUBTOTAL", $"$ {Slip.Money(ticket.Subtotal)}").Pair("I.V.A. 16%", $"$ {Slip.Money(ticket.Iva)}")
            .Pair("TOTAL", $"$ {Slip.Money(ticket.Total)}").Left($"PAGO: {Slip.PaymentForm(ticket.FormaPago)}")
            .Blank().Center("FACTURACION EN LINEA", addresses[0], "DISPONIBLE EN 2 HRS, VIGENCIA 72 HRS").Lines;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (Visit visit) => visit.Page("acceso")).Step("form");
        routes.MapGet("/default.aspx", (Visit visit) => visit.Page("acceso")).Step("form");
        routes.MapPost("/default.aspx", LogIn.Handle).Step("login");
        routes.MapGet("/captcha.ashx", (Visit visit, CaptchaDesk captchas) => Results.Bytes(captchas.Show(Shop.Portal, visit.Session.Id, another: true).Png, "image/png")).Step("captcha");
        routes.MapGet("/estaciones.ashx", Stations.Suggest).Step("station");
        routes.MapGet("/generar_factura.aspx", InvoicePage.Open).Step("form");
        routes.MapPost("/generar_factura.aspx", InvoicePage.PostBack).Step("form")
            .Button("btnSerchTk", "validate", new(2, 20)).Button("btnAddRfc", "receptor", new(0.5, 2)).Button("btnGenFacUs", "submit", new(10, 60));
        routes.MapGet("/reenviar.aspx", (Visit visit) => visit.Page("reenviar")).Step("recover");
        routes.MapPost("/reenviar.aspx", MailAgain.Handle).Step("recover");
        routes.MapGet("/refacturacion.aspx", (Visit visit) => visit.Page("senuelo", ("titulo", "Refacturación"))).Step("decoy");
        routes.MapGet("/publico.aspx", (Visit visit) => visit.Page("senuelo", ("titulo", "Facturar a público en general"))).Step("decoy");
        routes.MapGet("/registro.aspx", (Visit visit) => visit.Page("senuelo", ("titulo", "Registro de usuarios"))).Step("decoy");
    }
}
