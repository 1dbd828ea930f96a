using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LineaAzul;

/// <summary>
/// P20, coaches: RFC first, page after page from the server, what to do chosen by radio, régimen as a list of radios, uses in capitals without keys, a notice to accept beside
/// one for promotions, buttons that are blocks, a page that waits and reloads itself, a ZIP from a window that opens. From two hours to the month's end plus seven days.
/// </summary>
public sealed class LineaAzulPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "linea-azul", "Autotransportes Línea Azul", "JUFA7608212V6", "ADRIANA JUAREZ FERNANDEZ", "605", "01160",
        "TERMINAL ORIENTE ANDEN 4", "AZ", TimeSpan.FromHours(2), TimeSpan.FromDays(38))
    {
        Closes = purchase => purchase.EndOfMonth().AddDays(7),
    };

    public Merchant Merchant => Shop;
    public string SessionCookie => "JSESSIONIDAZ";
    public string FirstPage => "/efactura/inicio.jsp";
    public string FolioField => "noBoleto";

    public IReadOnlyList<Product> Products { get; } = [new("VIAJE SENCILLO", "78111802", "E48", 180, 980), new("EXCESO EQUIPAJE", "78111802", "E48", 60, 200)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(11), ["asiento"] = Chance.Number(2), ["corrida"] = Chance.Number(4), ["taquilla"] = Chance.Number(2),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("LINEA AZUL", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Pair($"CORRIDA {ticket.Fields["corrida"]}", $"ASIENTO {ticket.Fields["asiento"]}").Pair($"TAQ {ticket.Fields["taquilla"]}", ticket.PurchasedAt.Minute()).Pair("BOLETO", ticket.Folio)
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}")
        .Left(Slip.PaymentForm(ticket.FormaPago)).Blank().Center("FACTURE SU BOLETO", $"{addresses[0]}/efactura").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/efactura/inicio.jsp"));
        routes.MapGet("/efactura", () => Results.Redirect("/efactura/inicio.jsp"));
        routes.MapGet("/efactura/inicio.jsp", FirstPages.Start).Step("form");
        routes.MapPost("/efactura/rfc.jsp", FirstPages.Rfc).Step("continue").Takes(0.5, 2);
        routes.MapPost("/efactura/boleto.jsp", FirstPages.Coupon).Step("validate").Takes(1, 4);
        routes.MapPost("/efactura/datos.jsp", ReceptorPages.Data).Step("receptor").Takes(0.5, 2);
        routes.MapPost("/efactura/solicitar.jsp", ReceptorPages.Request).Step("submit").Takes(3, 10);
        routes.MapGet("/efactura/proceso.jsp", Files.Wait).Step("result");
        routes.MapPost("/efactura/reenvio.jsp", Files.Again).Step("recover").Takes(1, 4);
        routes.MapGet("/efactura/paquete.do", (Visit visit, Guid id, Delivery delivery) => delivery.Zip(visit, id, "paquete.zip")).Step("download");
        foreach (var other in (string[])["equipaje", "promociones"]) routes.MapGet($"/{other}.jsp", (Visit visit) => visit.Page("senuelo")).Step("decoy");
        routes.MapPost("/otro.jsp", (Visit visit) => visit.Page("senuelo")).Step("decoy");
    }
}
