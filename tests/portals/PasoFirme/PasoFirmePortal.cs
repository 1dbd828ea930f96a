using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.PasoFirme;

/// <summary>
/// P34, shoe shops on React with Ant Design: a landing page whose card opens a modal in two steps, selects with a search box and a virtual list on the body, a picker whose calendar lies over the form
/// while its day is typed, messages that fade, a bubble to confirm, a result screen; links by mail. From one hour to 45 days.
/// </summary>
public sealed class PasoFirmePortal : IPortal
{
    public static readonly Merchant Shop = new(
        "paso-firme", "Zapaterías Paso Firme", "WERX631016S30", "XAIME WEIR ROJO", "612", "01279",
        "BLVD. ADOLFO LOPEZ MATEOS 2512", "ZP", TimeSpan.FromHours(1), TimeSpan.FromDays(45));

    internal static readonly Post ByMail = new("links", 1, 12, "/descargas/", 15);

    /// <summary>Number to name, as the shop list has them.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Shops = new SortedDictionary<string, string>
    {
        ["1012"] = "León Centro", ["1015"] = "León Plaza Mayor", ["1027"] = "León Outlet", ["1103"] = "Guadalajara Galerías", ["1108"] = "Guadalajara Centro", ["1121"] = "Zapopan Andares", ["1204"] = "Aguascalientes Altaria", ["1209"] = "Aguascalientes Centro",
        ["1301"] = "Querétaro Antea", ["1306"] = "Querétaro Centro", ["1410"] = "San Luis Potosí El Dorado", ["1502"] = "Puebla Angelópolis", ["1507"] = "Puebla Centro", ["1611"] = "Toluca Metepec",
    };

    public Merchant Merchant => Shop;
    public string SessionCookie => "pasofirme.sid";
    public string FirstPage => "/";
    public string FolioField => "transaccion";

    public IReadOnlyList<Product> Products { get; } = [new("BOTA TRABAJO CASCO", "46181605", "PR", 890, 1690), new("ZAPATO CHOCLO PIEL", "53111602", "PR", 690, 1390), new("CREMA INCOLORA", "53131608", "H87", 45, 95)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = $"{Chance.Number(4)}-{Chance.Digits(5)}", ["tienda"] = Chance.Of([.. Shops.Keys]), ["caja"] = Chance.Number(1), ["vendedor"] = Chance.Of((string[])["ELENA", "RAUL", "TOÑO"]),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("ZAPATERIAS PASO FIRME", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Left($"TIENDA {ticket.Fields["tienda"]} {Shops[ticket.Fields["tienda"]].ToUpperInvariant()}").Pair($"CAJA {ticket.Fields["caja"]}", $"VENDEDOR {ticket.Fields["vendedor"]}").Left($"TRANSACCION {ticket.Folio}").Left(ticket.PurchasedAt.Minute())
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("PIDE TU FACTURA EN", addresses[0], "TIENES 45 DIAS").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", Purchase.Show).Step("form");
        routes.MapPost("/api/compra", Purchase.Find).Step("validate").Takes(0.5, 3);
        routes.MapPost("/api/factura", Purchase.Invoice).Step("submit").Takes(3, 9);
        routes.MapPost("/api/reenvio", Purchase.Again).Step("recover").Takes(1, 3);
        routes.MapGet("/descargas/{token}", (string token, MailedLinks links) => links.Follow(token)).Step("download");
        foreach (var other in (string[])["catalogo", "credito", "cambios"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("credito")).Step("decoy");
        routes.MapPost("/credito", (Visit visit) => visit.Page("credito")).Step("decoy");
    }
}
