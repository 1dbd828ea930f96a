using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.PosadaVirrey;

/// <summary>
/// P38, hotels on Blazor and MudBlazor: panels that unfold one after the other, boxes without names whose label stands behind them, a read-only day with a calendar, values kept on leaving the box,
/// a box to vouch for the data, the PDF in a frame and the XML as a blob. From a day to 60 days.
/// </summary>
public sealed class PosadaVirreyPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "posada-virrey", "Hoteles Posada del Virrey", "XIA190128J61", "XENON INDUSTRIAL ARTICLES", "601", "76343",
        "CALLE DEL VIRREY 14", "PV", TimeSpan.FromHours(24), TimeSpan.FromDays(60));

    internal static readonly string[] Hotels = ["Posada del Virrey Bernal", "Posada del Virrey Centro Histórico", "Posada del Virrey Guanajuato", "Posada del Virrey Jalpan", "Posada del Virrey San Miguel", "Posada del Virrey Tequisquiapan"];

    public Merchant Merchant => Shop;
    public string SessionCookie => ".AspNetCore.Virrey";
    public string FirstPage => "/facturacion";
    public string FolioField => "confirmacion";

    public IReadOnlyList<Product> Products { get; } = [new("HOSPEDAJE HAB DOBLE", "90111800", "E48", 980, 2400), new("DESAYUNO BUFFET", "90101501", "E48", 210, 420), new("LAVANDERIA", "91111502", "E48", 90, 320)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string> { ["folio"] = $"PV{Chance.Number(7)}", ["sucursal"] = Chance.Of(Hotels), ["habitacion"] = Chance.Number(3), ["recepcion"] = Chance.Of((string[])["IVONNE", "RAUL", "SOFIA"]) };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("HOTELES POSADA DEL VIRREY", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Left($"HOTEL {ticket.Fields["sucursal"].ToUpperInvariant()}").Pair($"HABITACION {ticket.Fields["habitacion"]}", $"RECEPCION {ticket.Fields["recepcion"]}").Pair("CONFIRMACION", ticket.Folio).Pair("SALIDA", ticket.PurchasedAt.Minute())
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("FACTURE SU ESTANCIA EN", $"{addresses[0]}/facturacion", "A PARTIR DEL DIA SIGUIENTE A SU SALIDA").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (Visit visit) => visit.Page("inicio")).Step("form");
        routes.MapGet("/facturacion", Stay.Show).Step("form");
        routes.MapPost("/_circuito/estancia", Stay.Find).Step("validate").Takes(1, 3);
        routes.MapPost("/_circuito/emision", Stay.Invoice).Step("submit").Takes(3, 9);
        routes.MapGet("/facturacion/duplicados", Stay.ShowCopies).Step("recover");
        routes.MapPost("/_circuito/duplicado", Stay.Again).Step("recover").Takes(1, 3);
        routes.MapGet("/facturacion/archivo/{id:guid}/cfdi", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, $"{id:D}.xml")).Step("download");
        routes.MapGet("/facturacion/archivo/{id:guid}/representacion", (Visit visit, Guid id) => Delivery.Pdf(visit, id, null)).Step("download");
        foreach (var other in (string[])["hoteles", "promociones", "reservar"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("reservar")).Step("decoy");
        routes.MapPost("/reservar", (Visit visit) => visit.Page("reservar")).Step("decoy");
    }
}
