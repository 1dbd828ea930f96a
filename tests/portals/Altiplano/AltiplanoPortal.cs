using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Altiplano;

/// <summary>
/// P7, toll roads: an opaque code that is reserved for the session that asks first, typed key by key; a CFDI for each plaza, in a ZIP.
/// From the first minute to 15 days; out of service from midnight to two.
/// </summary>
public sealed class AltiplanoPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "altiplano", "Autopistas del Altiplano", "EWE1709045U0", "ESCUELA WILSON ESQUIVEL", "603", "63901",
        "AUTOPISTA DEL ALTIPLANO KM 31", "AL", TimeSpan.Zero, TimeSpan.FromDays(15));

    private static readonly string[] Plazas = ["101 SAN LORENZO", "102 LA MESA", "103 EL PUERTO", "104 LAS ANIMAS"];

    public Merchant Merchant => Shop;
    public string SessionCookie => "SESSION_ALT";
    public string FirstPage => "/Alt/facturacionrapida";
    public string FolioField => "codigo";

    public IReadOnlyList<Product> Products { get; } = [new("PEAJE AUTOMOVIL", "95111602", "E48", 48, 190), new("PEAJE CAMION 3 EJES", "95111602", "E48", 160, 480)];

    /// <summary>The code's last character checks the others; the lane's transaction is as long and no code.</summary>
    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Codes.New(),
        ["plaza"] = Chance.Of(Plazas),
        ["transaccion"] = Chance.Digits(18),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("AUTOPISTAS DEL ALTIPLANO", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Blank().Left($"PLAZA: {ticket.Fields["plaza"]}").Pair("FECHA:", ticket.PurchasedAt.Minute())
        .Left($"TRANSACCION {ticket.Fields["transaccion"]}").Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA 16%", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}")
        .Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("CODIGO DE FACTURACION", Slip.Blocks(ticket.Folio, 4)).Blank()
        .Center("FACTURE EN", addresses[0], "/Alt/facturacionrapida", "DENTRO DE 15 DIAS").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/Alt/facturacionrapida"));
        var pages = routes.MapGroup("/Alt").AddEndpointFilter(Night.Close);
        pages.MapGet("/facturacionrapida", ShowForm.Handle).Step("form");
        pages.MapPost("/api/validar", ReserveCode.Handle).Step("validate").Takes(0.5, 3);
        pages.MapPost("/api/facturar", InvoiceConcepts.Handle).Step("submit").Takes(2, 10);
        pages.MapGet("/api/zip", (Visit visit, Guid id, Delivery delivery) => delivery.Zip(visit, id, $"{id}.zip")).Step("download");
        pages.MapGet("/ultimasfacturas", (Visit visit) => visit.Page("ultimas")).Step("recover");
        pages.MapPost("/api/ultimas", LatestInvoices.Handle).Step("recover");
        pages.MapGet("/cancelacion", (Visit visit) => visit.Page("senuelo", ("titulo", "Solicitud de cancelación"))).Step("decoy");
        pages.MapGet("/publico", (Visit visit) => visit.Page("senuelo", ("titulo", "Facturación público en general"))).Step("decoy");
        pages.MapGet("/encuesta", (Visit visit) => visit.Page("senuelo", ("titulo", "Encuesta al usuario"))).Step("decoy");
    }
}
