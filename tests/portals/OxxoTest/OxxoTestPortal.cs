using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.OxxoTest;

/// <summary>Two stages on one page, captcha, stale autofill on leaving the RFC, options whose values change with every view. 60 days, an hour after the purchase.</summary>
public sealed class OxxoTestPortal : IPortal
{
    private const string Root = "/facturacionElectronica-web/views/layout";

    public static readonly Merchant Shop = new(
        "oxxo-test", "OXXO Test", "KIJ0906199R1", "KERNEL INDUSTIA JUGUETERA", "601", "28971",
        "EDISON 1235 NTE COL. TALLERES", "OXT", TimeSpan.FromHours(1), TimeSpan.FromDays(60));

    public Merchant Merchant => Shop;
    public string SessionCookie => "JSESSIONID";
    public string FirstPage => $"{Root}/inicio.do";

    public IReadOnlyList<Product> Products { get; } =
    [
        new("AGUA PURIFICADA 1L", "50202301", "H87", 14, 20),
        new("CAFE AMERICANO 12OZ", "50201706", "H87", 24, 38),
        new("PAPAS SAL 45G", "50192100", "H87", 17, 24),
        new("PAN DULCE", "50181900", "H87", 15, 32),
        new("PILAS AA 4PZ", "26111702", "H87", 70, 130),
        new("BATERIA AUXILIAR", "26111704", "H87", 180, 380),
    ];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(9),
        ["venta"] = Chance.Digits(2) + Chance.Letters(3) + Chance.Digits(2) + Chance.Mix(3) + Chance.Digits(1),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("OXXO TEST", Shop.LegalName, $"RFC: {Shop.Rfc}", Shop.Address, $"COLIMA, COL. C.P. {Shop.PostalCode}")
        .Blank()
        .Pair("FECHA:", ticket.PurchasedAt.Minute()).Pair("CAJA: 1", "CAJERO: 7680")
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", $"${Slip.Money(ticket.Subtotal)}").Pair("IVA 16%", $"${Slip.Money(ticket.Iva)}")
        .Pair("TOTAL M.N.", $"${Slip.Money(ticket.Total)}").Pair(Slip.PaymentForm(ticket.FormaPago), $"${Slip.Money(ticket.Total)}")
        .Blank()
        .Left($"FOLIO DE VENTA: {ticket.Folio}").Left($"ID DE VENTA: {ticket.Fields["venta"]}")
        .Blank().Center("FACTURA EN:", addresses[0], "VIGENCIA: 60 DIAS NATURALES", "GRACIAS POR SU PREFERENCIA")
        .Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect($"{Root}/inicio.do"));
        var pages = routes.MapGroup(Root);
        pages.MapGet("/inicio.do", ShowForm.Handle).Step("form");
        pages.MapGet("/captcha.do", ShowCaptcha.Handle).Step("captcha");
        pages.MapPost("/validar.do", ValidateTicket.Handle).Step("validate");
        pages.MapPost("/continuar.do", OpenReceptor.Handle).Step("continue");
        pages.MapPost("/cliente.do", FindCustomer.Handle).Step("receptor");
        pages.MapPost("/generar.do", GenerateInvoice.Handle).Step("submit");
        pages.MapGet("/pdf.do", (Visit visit, Guid id) => Delivery.Pdf(visit, id, null)).Step("download");
        pages.MapGet("/xml.do", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, "descarga")).Step("download");
        pages.MapGet("/reimpresionFactura.do", (Visit visit) => visit.Page("reimpresion")).Step("recover");
        pages.MapPost("/reimpresionFactura.do", ReprintInvoice.Handle).Step("recover");
        pages.MapGet("/encuesta.do", (Visit visit) => visit.Page("senuelo", ("titulo", "Encuesta"), ("texto", "Cuéntanos tu visita"))).Step("decoy");
        pages.MapGet("/cancelar.do", (Visit visit) => visit.Page("senuelo", ("titulo", "Cancelar factura"), ("texto", "Cancela tu CFDI"))).Step("decoy");
        pages.MapGet("/publico.do", (Visit visit) => visit.Page("senuelo", ("titulo", "Público en general"), ("texto", "Ticket sin RFC"))).Step("decoy");
    }
}
