using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LaEscollera;

/// <summary>
/// P35, seafood restaurants on their own site, Livewire: the server draws every step anew. The bill, then the RFC alone; who was invoiced here before is shown what is on file, to use or to change,
/// who was not fills a form. Restaurant from a box that searches, total without tip, PDF in a new tab. From half an hour to 30 days.
/// </summary>
public sealed class LaEscolleraPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "la-escollera", "Mariscos La Escollera", "IIA040805DZ4", "INDISTRIA ILUMINADORA DE ALMACENES", "601", "62661",
        "AV. DEL MAR 1180", "ME", TimeSpan.FromMinutes(30), TimeSpan.FromDays(30));

    internal static readonly Post Copy = new("attachments", 1, 5);

    /// <summary>Number to name and city, as the list has them.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Restaurants = new SortedDictionary<string, string>
    {
        ["01"] = "Malecón, Mazatlán", ["02"] = "Zona Dorada, Mazatlán", ["03"] = "Isla Musalá, Culiacán", ["04"] = "Álamos, Culiacán", ["06"] = "Centro, Los Mochis", ["07"] = "Centro, Tepic", ["08"] = "Chapultepec, Guadalajara",
        ["09"] = "Providencia, Guadalajara", ["11"] = "Plaza Galerías, Guadalajara", ["12"] = "Marina, Puerto Vallarta", ["15"] = "Roma Norte, CDMX", ["16"] = "Del Valle, CDMX", ["17"] = "Satélite, Edo. Méx.", ["19"] = "San Pedro, Monterrey",
    };

    public Merchant Merchant => Shop;
    public string SessionCookie => "la_escollera_session";
    public string FirstPage => "/facturacion";
    public string FolioField => "cuenta";

    public IReadOnlyList<Product> Products { get; } = [new("AGUACHILE VERDE", "90101501", "E48", 195, 265), new("TACO GOBERNADOR", "90101501", "E48", 58, 74), new("PESCADO ZARANDEADO", "90101501", "E48", 380, 520), new("LIMONADA", "90101501", "E48", 45, 60)];

    public IDictionary<string, string> NewFields()
    {
        var number = Chance.Of([.. Restaurants.Keys]);
        return new Dictionary<string, string>
        {
            ["folio"] = Chance.Number(6), ["sucursal"] = number, ["sucursal_nombre"] = Restaurants[number].Split(',')[0], ["mesa"] = Chance.Number(2), ["mesero"] = Chance.Of((string[])["LUPITA", "CHAYO", "BETO"]),
        };
    }

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("MARISCOS LA ESCOLLERA", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Left($"SUCURSAL {ticket.Fields["sucursal"]} {ticket.Fields["sucursal_nombre"].ToUpperInvariant()}").Pair($"MESA {ticket.Fields["mesa"]}", $"MESERO {ticket.Fields["mesero"]}").Pair($"CUENTA {ticket.Folio}", ticket.PurchasedAt.Minute())
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago)).Left("LA PROPINA ES VOLUNTARIA")
        .Blank().Center("FACTURA TU CONSUMO EN", $"{addresses[0]}/facturacion", "TIENES 30 DIAS").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (Visit visit) => visit.Page("portada")).Step("form");
        routes.MapGet("/facturacion", Bill.Show).Step("form");
        routes.MapPost("/livewire/update", Bill.Update)
            .Button("buscarCuenta", "validate", new(1, 3)).Button("buscarCliente", "receptor", new(0.5, 2)).Button("facturar", "submit", new(3, 9)).Button("usarGuardados", "submit", new(3, 9)).Button("recuperar", "recover", new(1, 3)).Step("continue");
        routes.MapGet("/factura/{id:guid}.xml", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, $"{id:D}.xml")).Step("download");
        routes.MapGet("/factura/{id:guid}.pdf", (Visit visit, Guid id) => Delivery.Pdf(visit, id, null)).Step("download");
        foreach (var other in (string[])["menu", "sucursales", "reservaciones", "unete"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("reservaciones")).Step("decoy");
        routes.MapPost("/reservaciones", (Visit visit) => visit.Page("reservaciones")).Step("decoy");
    }
}
