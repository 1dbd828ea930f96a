using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Conveni24;

/// <summary>
/// P2, JSF with PrimeFaces widgets: partial XML answers replace nodes, option values are per view, the date is picked from a calendar.
/// From 24 hours after the purchase to the last day of its month.
/// </summary>
public sealed class Conveni24Portal : IPortal
{
    private const string Root = "/facturacionElectronica-web/views/layout";

    public static readonly Merchant Shop = new(
        "conveni24", "Conveni 24", "JES900109Q90", "JIMENEZ ESTRADA SALAS", "601", "37161",
        "BLVD. LAS TORRES 2210 COL. JARDINES", "CV", TimeSpan.FromHours(24), TimeSpan.FromDays(31))
    {
        Closes = MexicoTime.EndOfMonth,
    };

    public Merchant Merchant => Shop;
    public string SessionCookie => "JSESSIONID_C24";
    public string FirstPage => $"{Root}/inicio.do";

    public IReadOnlyList<Product> Products { get; } =
    [
        new("REFRESCO COLA 600ML", "50202306", "H87", 17, 22),
        new("HOT DOG JUMBO", "50193200", "H87", 32, 49),
        new("HIELO 5KG", "50202302", "H87", 30, 45),
        new("CARGADOR USB C", "26111711", "H87", 119, 260),
    ];

    /// <summary>Two long numbers stand side by side on the paper: the AUT of the bank is not the folio.</summary>
    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(9),
        ["venta"] = Chance.Digits(2) + Chance.Letters(3) + Chance.Digits(2) + Chance.Mix(3) + Chance.Digits(1),
        ["aut"] = Chance.Number(9),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("CONVENI 24", Shop.LegalName, $"RFC: {Shop.Rfc}", Shop.Address, $"LEON, GTO. C.P. {Shop.PostalCode}")
        .Blank().Pair(ticket.PurchasedAt.Minute(), "CAJA: 2").Pair($"AUT: {ticket.Fields["aut"]}", $"Fol_Vta: {ticket.Folio}")
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", $"${Slip.Money(ticket.Subtotal)}").Pair("IVA 16%", $"${Slip.Money(ticket.Iva)}")
        .Pair("TOTAL M.N.", $"${Slip.Money(ticket.Total)}").Pair(Slip.PaymentForm(ticket.FormaPago), $"${Slip.Money(ticket.Total)}")
        .Blank().Left($"ID: {ticket.Fields["venta"]}")
        .Blank().Center("FACTURE EN:", addresses[0] + Root).Center("/inicio.do", "A PARTIR DE 24 HRS Y HASTA", "EL ULTIMO DIA DEL MES")
        .Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (Visit visit) => visit.Page("cascaron"));
        var pages = routes.MapGroup(Root);
        pages.MapGet("/inicio.do", View.Open).Step("form");
        pages.MapPost("/inicio.do", View.Partial).Step("form")
            .Button("validar", "validate", new(0.5, 3)).Button("continuar", "continue").Button("generarFactura", "submit", new(3, 12)).Button("javax.faces.behavior.event", "receptor");
        pages.MapGet("/pdf.do", (Visit visit, Guid id) => Delivery.Pdf(visit, id, null)).Step("download");
        pages.MapGet("/xml.do", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, "descarga")).Step("download");
        pages.MapGet("/reimpresionFactura.do", (Visit visit) => visit.Page("reimpresion")).Step("recover");
        pages.MapPost("/reimpresionFactura.do", ReprintInvoice.Handle).Step("recover");
        pages.MapGet("/encuesta.do", (Visit visit) => visit.Page("senuelo", ("titulo", "Encuesta de servicio"))).Step("decoy");
        pages.MapGet("/cancelacion.do", (Visit visit) => visit.Page("senuelo", ("titulo", "Cancelar factura"))).Step("decoy");
        pages.MapGet("/publicoGeneral.do", (Visit visit) => visit.Page("senuelo", ("titulo", "Factura público en general"))).Step("decoy");
    }
}
