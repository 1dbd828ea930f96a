using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Simple;

/// <summary>The plainest portal: one form, one result page with links to XML and PDF. 30 calendar days.</summary>
public sealed class SimplePortal : IPortal
{
    public static readonly Merchant Shop = new(
        "simple", "Simple Portal", "IIA040805DZ4", "INDISTRIA ILUMINADORA DE ALMACENES", "601", "62661",
        "AV. UNIVERSIDAD 120 COL. CENTRO", "SP", TimeSpan.Zero, TimeSpan.FromDays(30));

    public Merchant Merchant => Shop;
    public string SessionCookie => "PHPSESSID";
    public string FirstPage => "/";

    public IReadOnlyList<Product> Products { get; } =
    [
        new("LAMPARA LED 12W", "39112102", "H87", 60, 240),
        new("FOCO AHORRADOR 20W", "39101600", "H87", 35, 120),
        new("EXTENSION 5 MTS", "26121600", "H87", 80, 210),
        new("CINTA DE AISLAR", "31201500", "H87", 18, 45),
        new("CONTACTO DOBLE", "39121400", "H87", 40, 95),
    ];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string> { ["folio"] = Chance.Number(7) };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("SIMPLE PORTAL", Shop.LegalName, $"RFC: {Shop.Rfc}", Shop.Address, $"CUERNAVACA, MOR. C.P. {Shop.PostalCode}")
        .Blank()
        .Pair("FOLIO:", ticket.Folio).Pair("FECHA:", ticket.PurchasedAt.Minute())
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", $"${Slip.Money(ticket.Subtotal)}").Pair("IVA 16%", $"${Slip.Money(ticket.Iva)}")
        .Pair("TOTAL", $"${Slip.Money(ticket.Total)}")
        .Left($"FORMA DE PAGO: {Slip.PaymentForm(ticket.FormaPago)}")
        .Blank().Center("Facture en", addresses[0], "TIENE 30 DIAS PARA FACTURAR", "GRACIAS POR SU COMPRA")
        .Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", ShowForm.Handle).Step("form");
        routes.MapGet("/cliente", FindCustomer.Handle).Step("receptor");
        routes.MapPost("/facturar", RequestInvoice.Handle).Step("submit");
        routes.MapGet("/resultado/{id:guid}", ShowResult.Handle).Step("result");
        routes.MapGet("/descargas/{id:guid}/xml", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, $"{Shop.Rfc}_{id}.xml")).Step("download");
        routes.MapGet("/descargas/{id:guid}/pdf", (Visit visit, Guid id) => Delivery.Pdf(visit, id, $"{Shop.Rfc}_{id}.pdf")).Step("download");
        routes.MapGet("/consulta", (Visit visit) => visit.Page("consulta")).Step("recover");
        routes.MapPost("/consulta", RecoverInvoice.Handle).Step("recover");
        routes.MapGet("/encuesta", (Visit visit) => visit.Page("encuesta")).Step("decoy");
        routes.MapGet("/refacturar", (Visit visit) => visit.Page("refacturar")).Step("decoy");
        routes.MapGet("/publico-general", (Visit visit) => visit.Page("publico")).Step("decoy");
    }
}
