using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.LaVioleta;

/// <summary>
/// P36, pharmacies on DevExpress WebForms: tabs that open one after the other, combos made of tables whose value is hidden, amounts that take their format on leaving, the suite's own captcha,
/// every answer in a popup that wants to be closed, a grid whose command gives a ZIP. From two hours to the third day of the next month.
/// </summary>
public sealed class LaVioletaPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "la-violeta", "Farmacias La Violeta", "ZUÑ920208KL4", "ZAPATERIA URTADO ÑERI", "601", "34541",
        "CALLE 20 DE NOVIEMBRE 804", "LV", TimeSpan.FromHours(2), TimeSpan.FromDays(33))
    {
        Closes = purchase => purchase.EndOfMonth().AddDays(3),
    };

    /// <summary>Number to name, as the combo has them.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Branches = new SortedDictionary<string, string>
    {
        ["101"] = "VIOLETA CENTRO", ["102"] = "VIOLETA GUADIANA", ["104"] = "VIOLETA JARDINES", ["105"] = "VIOLETA JARDINES II", ["108"] = "VIOLETA HOSPITAL GENERAL", ["110"] = "VIOLETA SORIANA", ["115"] = "VIOLETA FRAY DIEGO", ["121"] = "VIOLETA LERDO",
        ["122"] = "VIOLETA GOMEZ PALACIO", ["123"] = "VIOLETA TORREON CENTRO", ["124"] = "VIOLETA TORREON ORIENTE", ["130"] = "VIOLETA VICENTE GUERRERO", ["133"] = "VIOLETA EL SALTO", ["140"] = "VIOLETA SANTIAGO PAPASQUIARO",
    };

    public Merchant Merchant => Shop;
    public string SessionCookie => "ASP.NET_SessionId_LV";
    public string FirstPage => "/Facturacion/Default.aspx";
    public string FolioField => "txtReferencia";

    public IReadOnlyList<Product> Products { get; } = [new("IBUPROFENO 400MG", "51384500", "H87", 48, 92), new("ALCOHOL 70 500ML", "51471900", "H87", 32, 55), new("GASA ESTERIL 10X10", "42311500", "H87", 18, 36), new("OXIMETRO DIGITAL", "42181800", "H87", 320, 480)];

    public IDictionary<string, string> NewFields()
    {
        var number = Chance.Of([.. Branches.Keys]);
        return new Dictionary<string, string> { ["folio"] = Chance.Number(12), ["sucursal"] = number, ["sucursal_nombre"] = Branches[number], ["caja"] = Chance.Number(1), ["cajero"] = Chance.Number(5) };
    }

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("FARMACIAS LA VIOLETA", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Left($"SUCURSAL {ticket.Fields["sucursal"]} {ticket.Fields["sucursal_nombre"]}").Pair($"CAJA {ticket.Fields["caja"]}", $"CAJERO {ticket.Fields["cajero"]}").Left(ticket.PurchasedAt.Minute())
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Left($"FOLIO {ticket.Folio}").Center("FACTURE EN", $"{addresses[0]}/Facturacion/Default.aspx", "DURANTE EL MES DE SU COMPRA").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/Facturacion/Default.aspx"));
        routes.MapGet("/Facturacion/Default.aspx", Tabs.Show).Step("form");
        routes.MapPost("/Facturacion/Default.aspx", Tabs.CallBack).Button("btnValidar", "validate", new(1, 4)).Button("btnGenerar", "submit", new(3, 10)).Step("continue");
        routes.MapGet("/Facturacion/DXB.axd", (Visit visit, CaptchaDesk captchas) => Results.Bytes(captchas.Show(Shop.Portal, visit.Session.Id, another: true).Png, "image/png")).Step("captcha");
        routes.MapGet("/Facturacion/Consulta.aspx", (Visit visit) => visit.Page("consulta")).Step("recover");
        routes.MapPost("/Facturacion/Consulta.aspx", Tabs.Again).Step("recover").Takes(1, 3);
        routes.MapGet("/Facturacion/Descarga.ashx", (Visit visit, Guid id, Delivery delivery) => delivery.Zip(visit, id, $"LV_{id:N}.zip")).Step("download");
        foreach (var other in (string[])["Sucursales", "TarjetaVioleta", "Sugerencias"]) routes.MapGet($"/Facturacion/{other}.aspx", (Visit visit) => visit.Page("sugerencias")).Step("decoy");
        routes.MapPost("/Facturacion/Sugerencias.aspx", (Visit visit) => visit.Page("sugerencias")).Step("decoy");
    }
}
