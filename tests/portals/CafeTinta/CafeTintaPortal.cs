using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.CafeTinta;

/// <summary>
/// P16, coffee shop whose portal is a conversation: one box for every answer, the question in the bubble above it, choices as chips, a summary to agree to, files as bubbles.
/// From 20 minutes to the end of the following month.
/// </summary>
public sealed class CafeTintaPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "cafe-tinta", "Café Tinta", "KICR630120NX3", "RODRIGO KITIA CASTRO", "621", "36246",
        "CALLEJON DEL BESO 9", "CT", TimeSpan.FromMinutes(20), TimeSpan.FromDays(62))
    {
        Closes = purchase => purchase.EndOfMonth().AddDays(1).EndOfMonth(),
    };

    public Merchant Merchant => Shop;
    public string SessionCookie => "tintina";
    public string FirstPage => "/";
    public string FolioField => "cuenta";

    public IReadOnlyList<Product> Products { get; } = [new("LATTE GDE", "90101500", "H87", 65, 95), new("CHILAQUILES", "90101500", "H87", 120, 190), new("PAN DE ELOTE", "90101500", "H87", 45, 80)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(8), ["mesa"] = Chance.Number(2), ["mesero"] = Chance.Of((string[])["ANA", "LUZ", "IVAN", "TERE"]), ["personas"] = Chance.Number(1),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("CAFE TINTA", Shop.LegalName, $"R.F.C. {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Pair($"MESA {ticket.Fields["mesa"]}", $"PERS {ticket.Fields["personas"]}").Pair($"MESERO {ticket.Fields["mesero"]}", ticket.PurchasedAt.Minute()).Pair("CUENTA", ticket.Folio)
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}")
        .Left(Slip.PaymentForm(ticket.FormaPago)).Blank().Center("PIDE TU FACTURA A TINTINA", addresses[0]).Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (Visit visit) => visit.Page("charla", ("aviso", System.Text.Json.JsonSerializer.Serialize(visit.Session.TakeNotice())))).Step("form");
        routes.MapPost("/charla/inicio", Talk.Begin).Step("form");
        routes.MapPost("/charla/cuenta", Talk.Account).Step("validate").Takes(1, 2);
        routes.MapPost("/charla/dato", Talk.Fact).Step("receptor").Takes(0.5, 1);
        routes.MapPost("/charla/solicitar", Talk.Emit).Step("submit").Takes(4, 12);
        routes.MapPost("/charla/archivos", Talk.Again).Step("recover").Takes(1, 2);
        routes.MapGet("/archivo/{id:guid}.xml", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, $"{id:N}.xml")).Step("download");
        routes.MapGet("/archivo/{id:guid}.pdf", (Visit visit, Guid id) => Delivery.Pdf(visit, id, null)).Step("download");
        routes.MapPost("/charla/persona", (Visit visit) => Talk.Says(["Un asesor te llamará al número que tenemos registrado."])).Step("decoy");
        foreach (var other in (string[])["menu", "bolsa-de-trabajo"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("senuelo")).Step("decoy");
        routes.MapPost("/otro", (Visit visit) => visit.Page("senuelo")).Step("decoy");
    }
}
