using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.RutaSierra;

/// <summary>
/// P28, coach line on PrimeFaces: menus made of divs, a growl for every answer, the passenger's ticket by number, seat and day, the receptor in a second panel with a payment form,
/// a dialog before the emission, a table with icons for the files. From three hours to the tenth day of the next month.
/// </summary>
public sealed class RutaSierraPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "ruta-sierra", "Autobuses Ruta Sierra", "IIA040805DZ4", "INDISTRIA ILUMINADORA DE ALMACENES", "601", "62661",
        "CENTRAL DE AUTOBUSES S/N", "RS", TimeSpan.FromHours(3), TimeSpan.FromDays(40))
    {
        Closes = purchase => purchase.EndOfMonth().AddDays(10),
    };

    public Merchant Merchant => Shop;
    public string SessionCookie => "JSESSIONID_RS";
    public string FirstPage => "/facturacion/faces/boleto.xhtml";
    public string FolioField => "boleto";

    public IReadOnlyList<Product> Products { get; } = [new("VIAJE PRIMERA CLASE", "78111802", "E54", 420, 980), new("EXCESO DE EQUIPAJE", "78111802", "E48", 90, 180)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string> { ["folio"] = $"{Chance.Letters(2)}{Chance.Number(8)}", ["asiento"] = Chance.Number(2), ["corrida"] = Chance.Number(4) };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("AUTOBUSES RUTA SIERRA", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Pair($"BOLETO {ticket.Folio}", $"ASIENTO {ticket.Fields["asiento"]}").Pair($"CORRIDA {ticket.Fields["corrida"]}", ticket.PurchasedAt.Minute()).Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("FACTURE SU BOLETO", $"{addresses[0]}/facturacion/faces/boleto.xhtml").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/facturacion/faces/boleto.xhtml"));
        routes.MapGet("/facturacion/faces/boleto.xhtml", Counter.Show).Step("form");
        routes.MapPost("/facturacion/faces/boleto.xhtml", Counter.Find).Step("validate").Takes(1, 3);
        routes.MapPost("/facturacion/faces/emision.xhtml", Counter.Emit).Step("submit").Takes(3, 9);
        routes.MapGet("/facturacion/faces/reimpresion.xhtml", (Visit visit) => visit.Page("reimpresion")).Step("recover");
        routes.MapPost("/facturacion/faces/reimpresion.xhtml", Counter.Again).Step("recover").Takes(1, 3);
        routes.MapGet("/facturacion/faces/archivo", (Visit visit, Guid id, string tipo, Delivery delivery) => tipo == "xml" ? delivery.Xml(visit, id, $"{id:D}.xml") : Delivery.Pdf(visit, id, $"{id:D}.pdf")).Step("download");
        foreach (var other in (string[])["horarios", "equipaje"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("horarios")).Step("decoy");
        routes.MapPost("/horarios", (Visit visit) => visit.Page("horarios")).Step("decoy");
    }
}
