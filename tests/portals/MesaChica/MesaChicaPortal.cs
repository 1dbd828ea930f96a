using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.MesaChica;

/// <summary>
/// P19, restaurant with a rented widget: the form in a drawer's frame behind a floating button, the code in three boxes that jump, a captcha whose picture changes by an icon,
/// lists made of list items, a button that wakes when the mail's box is left; files by mail only. From 15 minutes to 7 days.
/// </summary>
public sealed class MesaChicaPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "mesa-chica", "Fonda Mesa Chica", "XAMA620210DQ5", "ALBA XKARAJAM MENDEZ", "626", "01219",
        "CERRADA DEL MOLE 3", "MC", TimeSpan.FromMinutes(15), TimeSpan.FromDays(7));

    internal static readonly Post ByMail = new("attachments", 1, 12);

    public Merchant Merchant => Shop;
    public string SessionCookie => "fw_session";
    public string FirstPage => "/";
    public string FolioField => "c1";
    public IReadOnlyList<Product> Products { get; } = [new("COMIDA CORRIDA", "90101500", "H87", 95, 130), new("MOLE DE OLLA", "90101500", "H87", 110, 165), new("AGUA DEL DIA", "90101500", "H87", 25, 45)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string> { ["folio"] = Chance.Mix(12), ["mesa"] = Chance.Number(1), ["orden"] = Chance.Number(4) };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("FONDA MESA CHICA", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Pair($"ORDEN {ticket.Fields["orden"]}", $"MESA {ticket.Fields["mesa"]}").Left(ticket.PurchasedAt.Minute()).Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("CLAVE PARA FACTURAR", Slip.Blocks(ticket.Folio, 4, '-'), addresses[0], "TIENES 7 DIAS").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (Visit visit) => visit.Page("sitio")).Step("form");
        routes.MapGet("/widget/mesa-chica", Widget.Show).Step("form");
        routes.MapGet("/widget/imagen", (Visit visit, CaptchaDesk captchas) => Results.Bytes(captchas.Show(Shop.Portal, visit.Session.Id, another: true).Png, "image/png")).Step("captcha");
        routes.MapPost("/widget/clave", Widget.Key).Step("validate").Takes(1, 3);
        routes.MapPost("/widget/obtener", Widget.Obtain).Step("submit").Takes(3, 9);
        routes.MapPost("/widget/reenvio", Widget.Again).Step("recover").Takes(1, 3);
        foreach (var other in (string[])["reservaciones", "carta"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("senuelo")).Step("decoy");
        routes.MapPost("/reservaciones", (Visit visit) => visit.Page("senuelo")).Step("decoy");
    }
}
