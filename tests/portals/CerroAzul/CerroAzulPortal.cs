using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.CerroAzul;

/// <summary>
/// P30, petrol stations on Blazor with MudBlazor: boxes without names whose value counts on leaving them, a reference of 15 digits and the amount added to a list of loads, receptor on the same page,
/// lists in a popover provider, a dialog to confirm, an archive as blob and by mail. From half an hour to 15 days.
/// </summary>
public sealed class CerroAzulPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "cerro-azul", "Combustibles Cerro Azul", "H&E951128469", "HERRERIA & ELECTRICOS", "601", "06002",
        "CARR. TUXPAN-TAMPICO KM 64", "CA", TimeSpan.FromMinutes(30), TimeSpan.FromDays(15));

    internal static readonly Post ByMail = new("attachments", 2, 10);

    private static readonly string[] Stations = ["04521", "07713", "10288", "12904"];

    public Merchant Merchant => Shop;
    public string SessionCookie => ".CerroAzul.Circuit";
    public string FirstPage => "/facturar";
    public string FolioField => "referencia";

    public IReadOnlyList<Product> Products { get; } = [new("REGULAR", "15101514", "LTR", 200, 1100), new("PREMIUM", "15101515", "LTR", 300, 1400), new("DIESEL", "15101505", "LTR", 500, 2600)];

    public IDictionary<string, string> NewFields()
    {
        var station = Chance.Of(Stations);
        return new Dictionary<string, string> { ["folio"] = $"{station}{Chance.Digits(10)}", ["estacion"] = station, ["bomba"] = Chance.Number(1), ["turno"] = Chance.Number(1) };
    }

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("COMBUSTIBLES CERRO AZUL", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Pair($"E.S. {ticket.Fields["estacion"]}", $"TURNO {ticket.Fields["turno"]}").Pair($"BOMBA {ticket.Fields["bomba"]}", ticket.PurchasedAt.Minute())
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Left($"REFERENCIA: {ticket.Folio}").Center("FACTURACION EN LINEA", $"{addresses[0]}/facturar", "15 DIAS PARA FACTURAR").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (Visit visit) => visit.Page("inicio")).Step("form");
        routes.MapGet("/facturar", Loads.Show).Step("form");
        routes.MapPost("/_circuito/agregar", Loads.Add).Step("validate").Takes(1, 4);
        routes.MapPost("/_circuito/quitar", Loads.Remove).Step("continue");
        routes.MapPost("/_circuito/facturar", Loads.Invoice).Step("submit").Takes(4, 14);
        routes.MapGet("/recuperar", (Visit visit) => visit.Page("recuperar")).Step("recover");
        routes.MapPost("/_circuito/recuperar", Loads.Again).Step("recover").Takes(1, 3);
        routes.MapGet("/_circuito/archivo/{id:guid}", (Visit visit, Guid id, Delivery delivery) => delivery.Zip(visit, id, $"{id:D}.zip")).Step("download");
        foreach (var other in (string[])["ingresar", "registro", "estaciones"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("ingresar")).Step("decoy");
        foreach (var other in (string[])["ingresar", "registro"]) routes.MapPost($"/{other}", (Visit visit) => visit.Page("ingresar")).Step("decoy");
    }
}
