using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.MercaNorte;

/// <summary>P1, a WebForms wizard: every page posts back to itself with its view state, the PDF shows in a frame, the XML comes by mail. 30 calendar days.</summary>
public sealed class MercaNortePortal : IPortal
{
    public static readonly Merchant Shop = new(
        "mercanorte", "MercaNorte", "IXS7607092R5", "INTERNACIONAL XIMBO Y SABORES", "601", "23004",
        "AV. LAS AMERICAS 455", "MN", TimeSpan.FromHours(1), TimeSpan.FromDays(30))
    {
        PaymentForms = ["04", "28", "05"],
    };

    internal static readonly Post ByMail = new("attachments", 1, 20);

    public Merchant Merchant => Shop;
    public string SessionCookie => "ASP.NET_SessionId_MN";
    public string FirstPage => "/Default.aspx";
    public string FolioField => "txtTC";

    public IReadOnlyList<Product> Products { get; } =
    [
        new("LECHE ENTERA 1L", "50131701", "H87", 24, 31),
        new("DETERGENTE 1KG", "47131805", "H87", 38, 60),
        new("ACEITE 900ML", "50151513", "H87", 35, 55),
        new("LICUADORA", "52141526", "H87", 450, 980),
        new("PAPEL HIG 12PZ", "14111704", "H87", 70, 120),
    ];

    /// <summary>TR# stands among TDA#, OP# and TE#, all of digits; OP# has as many as TR#.</summary>
    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Digits(21),
        ["tr"] = Chance.Number(5),
        ["tda"] = Chance.Number(4),
        ["op"] = Chance.Number(5),
        ["te"] = Chance.Number(3),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("MERCANORTE", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Blank().Left($"TDA# {ticket.Fields["tda"]} OP# {ticket.Fields["op"]} TE# {ticket.Fields["te"]} TR# {ticket.Fields["tr"]}")
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA 16%", Slip.Money(ticket.Iva))
        .Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Pair(Slip.PaymentForm(ticket.FormaPago), Slip.Money(ticket.Total))
        .Blank().Left($"TC# {Slip.Blocks(ticket.Folio, 4)}").Center(ticket.PurchasedAt.Minute())
        .Blank().Center("OPINE Y GANE EN", $"{addresses[0]}/encuesta.aspx").Center("FACTURE EN", addresses[0], "30 DIAS NATURALES").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/Default.aspx"));
        routes.MapGet("/Default.aspx", FirstPages.Welcome).Step("form");
        routes.MapGet("/frmDatos.aspx", FirstPages.Open).Step("form");
        routes.MapPost("/frmDatos.aspx", FirstPages.PostBack).Step("validate").Takes(0.3, 2);
        routes.MapGet("/frmRFCLista.aspx", RfcList.Open).Step("receptor");
        routes.MapPost("/frmRFCLista.aspx", RfcList.PostBack).Step("receptor").Takes(0.3, 2);
        routes.MapGet("/frmRFCEdita.aspx", RfcEdit.Open).Step("receptor");
        routes.MapPost("/frmRFCEdita.aspx", RfcEdit.PostBack).Step("receptor").Takes(0.3, 2);
        routes.MapGet("/frmPago.aspx", PaymentPage.Open).Step("continue");
        routes.MapPost("/frmPago.aspx", PaymentPage.PostBack).Step("continue").Takes(0.3, 2);
        routes.MapGet("/frmReporte.aspx", ReportPage.Open).Step("result");
        routes.MapPost("/frmReporte.aspx", ReportPage.PostBack).Step("submit").Takes(4, 15);
        routes.MapGet("/frmReportPDF.aspx", (Visit visit, Guid id) => Delivery.Pdf(visit, id, null)).Step("download");
        routes.MapGet("/frmConsulta.aspx", ConsultPage.Open).Step("recover");
        routes.MapPost("/frmConsulta.aspx", ConsultPage.PostBack).Step("recover");
        routes.MapGet("/encuesta.aspx", (Visit visit) => visit.Page("senuelo", ("titulo", "Encuesta de satisfacción"))).Step("decoy");
        routes.MapGet("/frmRefacturar.aspx", (Visit visit) => visit.Page("senuelo", ("titulo", "Refacturar: se cancelará su factura anterior"))).Step("decoy");
        routes.MapGet("/frmPublico.aspx", (Visit visit) => visit.Page("senuelo", ("titulo", "Factura a público en general"))).Step("decoy");
    }
}
