using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LosArcos;

/// <summary>
/// P23, hardware shop on the self-service page that a PAC rents out: Bootstrap cards, validation below each box, uses that follow the régimen, a terms box, a modal to confirm,
/// links to the files. From one hour to 30 days.
/// </summary>
public sealed class LosArcosPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "los-arcos", "Ferretera Los Arcos", "JES900109Q90", "JIMENEZ ESTRADA SALAS", "601", "37161",
        "BLVD. LOS ARCOS 1420", "FA", TimeSpan.FromHours(1), TimeSpan.FromDays(30));

    public Merchant Merchant => Shop;
    public string SessionCookie => "autofactura_session";
    public string FirstPage => "/autofactura/losarcos";
    public string FolioField => "ticket";

    public IReadOnlyList<Product> Products { get; } = [new("CEMENTO GRIS 50KG", "30111601", "H87", 210, 260), new("VARILLA 3/8", "30102403", "H87", 140, 190), new("LLAVE NARIZ 1/2", "40141700", "H87", 75, 160)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string> { ["folio"] = $"{Chance.Number(2)}{Chance.Digits(7)}", ["sucursal"] = "CENTRO", ["caja"] = Chance.Number(1), ["vendedor"] = Chance.Number(3) };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("FERRETERA LOS ARCOS", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Pair($"SUC. {ticket.Fields["sucursal"]}", $"CAJA {ticket.Fields["caja"]}").Pair($"VENDEDOR {ticket.Fields["vendedor"]}", ticket.PurchasedAt.Minute()).Pair("TICKET", ticket.Folio)
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA 16%", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("GENERE SU FACTURA EN", $"{addresses[0]}/autofactura/losarcos", "DENTRO DE LOS 30 DIAS SIGUIENTES").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/autofactura/losarcos"));
        routes.MapGet("/autofactura/losarcos", SelfService.Show).Step("form");
        routes.MapPost("/autofactura/api/ticket", SelfService.Find).Step("validate").Takes(1, 3);
        routes.MapPost("/autofactura/api/factura", SelfService.Invoice).Step("submit").Takes(3, 9);
        routes.MapGet("/autofactura/losarcos/consulta", (Visit visit) => visit.Page("consulta")).Step("recover");
        routes.MapPost("/autofactura/api/consulta", SelfService.Again).Step("recover").Takes(1, 3);
        routes.MapGet("/autofactura/descarga/{id:guid}/xml", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, $"{id:D}.xml")).Step("download");
        routes.MapGet("/autofactura/descarga/{id:guid}/pdf", (Visit visit, Guid id) => Delivery.Pdf(visit, id, $"{id:D}.pdf")).Step("download");
        foreach (var other in (string[])["ayuda", "planes", "acceso"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("otro")).Step("decoy");
        routes.MapPost("/acceso", (Visit visit) => visit.Page("otro")).Step("decoy");
    }
}
