using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Brasero;

/// <summary>
/// P26, grill restaurants on an Angular Material stepper: branch by a list on the body, cuenta, day typed into a picker's box and total; fiscal data in the second step; a summary and
/// the emission in the third; snack bars; files as blobs. From fifteen minutes to seven days.
/// </summary>
public sealed class BraseroPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "el-brasero", "El Brasero Norteño", "IXS7607092R5", "INTERNACIONAL XIMBO Y SABORES", "601", "23004",
        "AV. ABASOLO 3310", "EB", TimeSpan.FromMinutes(15), TimeSpan.FromDays(7));

    internal static readonly string[] Branches = ["Abasolo", "Camino Real", "Centro", "Forjadores", "La Marina", "Las Garzas", "San José"];

    public Merchant Merchant => Shop;
    public string SessionCookie => "brasero.sid";
    public string FirstPage => "/facturacion";
    public string FolioField => "folio";

    public IReadOnlyList<Product> Products { get; } = [new("ARRACHERA 300G", "90101501", "E48", 240, 340), new("PARRILLADA 2P", "90101501", "E48", 520, 780), new("AGUA FRESCA JARRA", "90101501", "E48", 70, 110)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string> { ["folio"] = Chance.Number(6), ["sucursal"] = Chance.Of(Branches), ["mesa"] = Chance.Number(2), ["mesero"] = Chance.Of((string[])["ANA", "BETO", "LUPE"]) };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("EL BRASERO NORTEÑO", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Left($"SUCURSAL {ticket.Fields["sucursal"].ToUpperInvariant()}").Pair($"MESA {ticket.Fields["mesa"]}", $"MESERO {ticket.Fields["mesero"]}").Pair($"FOLIO {ticket.Folio}", ticket.PurchasedAt.Minute())
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("FACTURA EN LINEA", $"{addresses[0]}/facturacion", "TIENES 7 DIAS").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/facturacion"));
        routes.MapGet("/facturacion", Stepper.Show).Step("form");
        routes.MapPost("/api/v1/tickets/validar", Stepper.Find).Step("validate").Takes(1, 3);
        routes.MapPost("/api/v1/cfdi", Stepper.Emit).Step("submit").Takes(3, 9);
        routes.MapGet("/facturacion/mis-facturas", (Visit visit) => visit.Page("mis-facturas")).Step("recover");
        routes.MapPost("/api/v1/cfdi/buscar", Stepper.Again).Step("recover").Takes(1, 3);
        routes.MapGet("/api/v1/cfdi/{id:guid}/xml", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, $"{id:D}.xml")).Step("download");
        routes.MapGet("/api/v1/cfdi/{id:guid}/pdf", (Visit visit, Guid id) => Delivery.Pdf(visit, id, $"{id:D}.pdf")).Step("download");
        foreach (var other in (string[])["menu", "reservaciones", "bolsa-de-trabajo"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("reservaciones")).Step("decoy");
        routes.MapPost("/reservaciones", (Visit visit) => visit.Page("reservaciones")).Step("decoy");
    }
}
