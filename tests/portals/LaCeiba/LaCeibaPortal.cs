using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LaCeiba;

/// <summary>
/// P21, garden centre: a native dialog element step by step, RFC in three boxes, payment form as cards, régimen in folded groups, a word to be typed before the request, and a list of
/// the day's requests that is waited for, with an arrow as the only sign of the file. From 40 minutes to 25 days.
/// </summary>
public sealed class LaCeibaPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "la-ceiba", "Vivero La Ceiba", "RAQÑ7701212M3", "ÑEVES RAMIREZ QUEZADA", "616", "78905",
        "CARR. A RIOVERDE KM 7", "VC", TimeSpan.FromMinutes(40), TimeSpan.FromDays(25));

    public Merchant Merchant => Shop;
    public string SessionCookie => "ceiba_id";
    public string FirstPage => "/tramites";
    public string FolioField => "nota";

    public IReadOnlyList<Product> Products { get; } = [new("BUGAMBILIA 2L", "10151700", "H87", 85, 190), new("TIERRA NEGRA 20KG", "11111500", "H87", 60, 120), new("MACETA BARRO 30", "52141800", "H87", 150, 420)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string> { ["folio"] = $"V{Chance.Number(7)}", ["cajero"] = Chance.Number(2), ["hora"] = $"{Chance.Between(10, 17)}:{Chance.Between(10, 59)}" };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("VIVERO LA CEIBA", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Pair($"CAJERO {ticket.Fields["cajero"]}", ticket.PurchasedAt.Minute()).Pair("NOTA", ticket.Folio).Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("TRAMITES EN LINEA", $"{addresses[0]}/tramites").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/tramites"));
        routes.MapGet("/tramites", Desk.Show).Step("form");
        routes.MapPost("/tramites/nota", Desk.Find).Step("validate").Takes(1, 3);
        routes.MapPost("/tramites/peticion", Desk.Ask).Step("submit").Takes(2, 6);
        routes.MapGet("/tramites/hoy", Desk.Today).Step("result");
        routes.MapPost("/tramites/rescate", Desk.Again).Step("recover").Takes(1, 3);
        routes.MapGet("/tramites/entrega/{id:guid}", (Visit visit, Guid id, Delivery delivery) => delivery.Zip(visit, id, "entrega")).Step("download");
        foreach (var other in (string[])["jardineria", "mayoreo"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("senuelo")).Step("decoy");
        routes.MapPost("/mayoreo", (Visit visit) => visit.Page("senuelo")).Step("decoy");
    }
}
