using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Penon;

/// <summary>
/// P12, fuel: lists whose values are the station's own numbers and whose first entry is chosen already, a browser's question before the emission, the PDF in a
/// viewer of another tab; whoever asks for an invoiced ticket gets the links to its files, whosever they are. From 15 minutes, the same month.
/// </summary>
public sealed class PenonPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "penon", "Combustibles El Peñón", "KAHO641101B39", "OSCAR KALA HAAK", "612", "76074",
        "LIB. NORTE KM 3.5", "EP", TimeSpan.FromMinutes(15), TimeSpan.FromDays(31))
    {
        Closes = purchase => purchase.EndOfMonth(),
    };

    public Merchant Merchant => Shop;
    public string SessionCookie => "NFSESSION";
    public string FirstPage => "/Default.aspx";
    public string FolioField => "txtFolio";

    public IReadOnlyList<Product> Products { get; } = [new("G REGULAR 87", "15101514", "LTR", 150, 950), new("G PREMIUM 91", "15101515", "LTR", 250, 1300)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(7), ["referencia"] = Chance.Digits(10), ["autorizacion"] = Chance.Digits(10), ["estacion"] = "E07731", ["bomba"] = Chance.Number(1),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses)
    {
        var slip = new Slip()
            .Center("COMBUSTIBLES EL PEÑON", Shop.LegalName, $"RFC: {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}", $"ESTACION {ticket.Fields["estacion"]}")
            .Pair("FOLIO", ticket.Folio).Pair("FECHA", ticket.PurchasedAt.Minute()).Pair("BOMBA", ticket.Fields["bomba"]).Rule();
        foreach (var item in ticket.Items) slip.Pair($"{item.Quantity} LTS {item.Description}", Slip.Money(item.Amount));
        return slip.Rule().Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}")
            .Left(Slip.PaymentForm(ticket.FormaPago)).Pair("AUTORIZACION", ticket.Fields["autorizacion"])
            .Blank().Center("FACTURE EN LINEA DENTRO DEL MES", addresses[0]).Pair("REFERENCIA", ticket.Fields["referencia"]).Lines;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/Default.aspx"));
        routes.MapGet("/Default.aspx", ShowForm.Handle).Step("form");
        routes.MapPost("/Default.aspx/Find", FindSale.Handle).Step("validate").Takes(1, 5);
        routes.MapPost("/Default.aspx/Invoice", InvoiceSale.Handle).Step("submit").Takes(4, 20);
        routes.MapGet("/DownloadInvoice.aspx", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, $"factura_{id:N}.xml")).Step("download");
        routes.MapGet("/ReportViewer.aspx", (Visit visit, Guid id) => visit.Page("visor", ("id", id.ToString()))).Step("download");
        routes.MapGet("/Reserved.ReportViewerWebControl.axd", (Visit visit, Guid id) => Delivery.Pdf(visit, id, null)).Step("download");
        foreach (var other in (string[])["Rewards", "PublicoGeneral", "Cancelacion"]) routes.MapGet($"/{other}.aspx", (Visit visit) => visit.Page("senuelo")).Step("decoy");
        routes.MapPost("/Other.aspx", (Visit visit) => visit.Page("senuelo")).Step("decoy");
    }
}
