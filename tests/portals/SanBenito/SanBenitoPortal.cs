using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.SanBenito;

/// <summary>
/// P24, pharmacy on WebForms with an update panel: branch, folio, till, day and amount, then the receptor in the same panel after a postback, payment form, mail twice,
/// a native confirm, a grid with links that post back for the files. From two hours to 15 days.
/// </summary>
public sealed class SanBenitoPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "san-benito", "Farmacias San Benito", "KIJ0906199R1", "KERNEL INDUSTIA JUGUETERA", "601", "28971",
        "CALZ. GALVAN 215 NTE", "SB", TimeSpan.FromHours(2), TimeSpan.FromDays(15));

    /// <summary>Number to name, as the list of branches has them.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Branches = new SortedDictionary<string, string>
    {
        ["003"] = "GALVAN", ["007"] = "MERCADO OBREGON", ["011"] = "PLAZA JARDIN", ["012"] = "TECNOLOGICO", ["018"] = "VILLA DE ALVAREZ", ["021"] = "MANZANILLO CENTRO", ["022"] = "MANZANILLO LAS BRISAS",
        ["026"] = "TECOMAN", ["030"] = "NIÑOS HEROES", ["034"] = "REY COLIMAN", ["041"] = "SANTA BARBARA",
    };

    public Merchant Merchant => Shop;
    public string SessionCookie => "ASP.NET_SessionId_SB";
    public string FirstPage => "/FacturaWeb/Facturar.aspx";
    public string FolioField => "txtFolio";

    public IReadOnlyList<Product> Products { get; } = [new("PARACETAMOL 500MG", "51142000", "H87", 28, 65), new("SUERO ORAL 500ML", "51191600", "H87", 22, 48), new("VITAMINA C EFERV", "50501500", "H87", 85, 140)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string> { ["folio"] = Chance.Number(8), ["sucursal"] = Chance.Of([.. Branches.Keys]), ["caja"] = Chance.Number(2), ["cajero"] = Chance.Number(4) };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("FARMACIAS SAN BENITO", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Left($"SUC {ticket.Fields["sucursal"]} {Branches[ticket.Fields["sucursal"]]}").Pair($"CAJA {ticket.Fields["caja"]}", $"CAJERO {ticket.Fields["cajero"]}").Pair($"FOLIO {ticket.Folio}", ticket.PurchasedAt.Minute())
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("FACTURACION ELECTRONICA", $"{addresses[0]}/FacturaWeb/Facturar.aspx", "15 DIAS A PARTIR DE SU COMPRA").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/FacturaWeb/Facturar.aspx"));
        routes.MapGet("/FacturaWeb/Facturar.aspx", InvoicePage.Show).Step("form");
        routes.MapPost("/FacturaWeb/Facturar.aspx", InvoicePage.PostBack)
            .Button("btnBuscar", "validate", new(1, 4)).Button("btnFacturar", "submit", new(3, 10)).Button("ddlRegimen", "receptor", new(0.3, 1)).Step("continue");
        routes.MapGet("/FacturaWeb/Reimpresion.aspx", (Visit visit) => visit.Page("reimpresion", ("sucursales", InvoicePage.Branches(visit)))).Step("recover");
        routes.MapPost("/FacturaWeb/Reimpresion.aspx", InvoicePage.Again).Step("recover").Takes(1, 3);
        foreach (var other in (string[])["Sucursales", "Encuesta", "Credito"]) routes.MapGet($"/FacturaWeb/{other}.aspx", (Visit visit) => visit.Page("otra")).Step("decoy");
        routes.MapPost("/FacturaWeb/Encuesta.aspx", (Visit visit) => visit.Page("otra")).Step("decoy");
    }
}
