using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.CostaEsmeralda;

/// <summary>
/// P39, toll road on Oracle APEX: a login that a guest may pass by, every press submits the page, the toll booth from a popup list with a search of its own, payment form and mail twice,
/// a dialog before the emission, errors listed in a notification, the CFDI in a report with icons. From twelve hours to 45 days.
/// </summary>
public sealed class CostaEsmeraldaPortal : IPortal
{
    private const string App = "/ords/r/ace/facturacion";

    public static readonly Merchant Shop = new(
        "costa-esmeralda", "Autopista Costa Esmeralda", "KIJ0906199R1", "KERNEL INDUSTIA JUGUETERA", "601", "28971",
        "KM 42 AUTOPISTA COSTERA", "CE", TimeSpan.FromHours(12), TimeSpan.FromDays(45));

    /// <summary>Number to name, as the popup lists them.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Booths = new SortedDictionary<string, string>
    {
        ["011"] = "Armería", ["012"] = "Armería Auxiliar", ["014"] = "Cuyutlán", ["021"] = "El Naranjo", ["022"] = "Manzanillo I", ["023"] = "Manzanillo II", ["031"] = "Tecomán", ["032"] = "Cerro de Ortega", ["041"] = "Boca de Apiza", ["042"] = "San Juan de Alima",
        ["043"] = "Maruata", ["051"] = "Caleta de Campos", ["052"] = "Playa Azul", ["053"] = "Lázaro Cárdenas",
    };

    public Merchant Merchant => Shop;
    public string SessionCookie => "ORA_WWV_APP_310";
    public string FirstPage => $"{App}/cruce";
    public string FolioField => "P10_FOLIO";

    public IReadOnlyList<Product> Products { get; } = [new("PEAJE AUTOPISTA", "95111602", "E48", 38, 412)];

    public IDictionary<string, string> NewFields()
    {
        var number = Chance.Of([.. Booths.Keys]);
        return new Dictionary<string, string> { ["folio"] = Chance.Number(9), ["sucursal"] = number, ["sucursal_nombre"] = Booths[number], ["caja"] = Chance.Number(2), ["clase"] = Chance.Of((string[])["A", "B2", "C3"]) };
    }

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("AUTOPISTA COSTA ESMERALDA", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Left($"CASETA {ticket.Fields["sucursal"]} {ticket.Fields["sucursal_nombre"].ToUpperInvariant()}").Pair($"CARRIL {ticket.Fields["caja"]}", $"CLASE {ticket.Fields["clase"]}").Pair($"FOLIO {ticket.Folio}", ticket.PurchasedAt.Minute())
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("FACTURACION", addresses[0], "CONSERVE SU COMPROBANTE").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect($"{App}/login"));
        routes.MapGet($"{App}/login", (Visit visit) => visit.Page("login")).Step("form");
        routes.MapPost($"{App}/login", (Visit visit) => visit.Page("login", ("error", "Credenciales de conexión no válidas"))).Step("decoy");
        routes.MapGet($"{App}/cruce", Crossing.Show).Step("form");
        routes.MapPost($"{App}/cruce", Crossing.Find).Step("validate").Takes(1, 3);
        routes.MapGet($"{App}/datos-fiscales", Crossing.Receptor).Step("receptor");
        routes.MapPost($"{App}/datos-fiscales", Crossing.Emit).Step("submit").Takes(3, 9);
        routes.MapGet($"{App}/comprobantes", Crossing.Report).Step("result");
        routes.MapGet($"{App}/reimpresion", (Visit visit) => visit.Page("reimpresion")).Step("recover");
        routes.MapPost($"{App}/reimpresion", Crossing.Again).Step("recover").Takes(1, 3);
        routes.MapGet("/ords/ace/cfdi/{id:guid}/xml", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, $"{id:D}.xml")).Step("download");
        routes.MapGet("/ords/ace/cfdi/{id:guid}/pdf", (Visit visit, Guid id) => Delivery.Pdf(visit, id, $"{id:D}.pdf")).Step("download");
        foreach (var other in (string[])["tarifas", "registro", "telepeaje"]) routes.MapGet($"{App}/{other}", (Visit visit) => visit.Page("registro")).Step("decoy");
        routes.MapPost($"{App}/registro", (Visit visit) => visit.Page("registro")).Step("decoy");
    }
}
