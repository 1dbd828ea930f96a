using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Galaxia;

/// <summary>
/// P18, cinemas: one web component with everything inside, floating labels, a day in three lists, a cinema to complete from 60, lists with a search box of their own, a preview
/// whose box must be ticked, a snackbar of three seconds, files behind a menu as blobs. From 10 minutes to 30 days.
/// </summary>
public sealed class GalaxiaPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "galaxia", "Cines Galaxia", "WATM640917J45", "MARIA WATEMBER TORRES", "625", "43543",
        "PLAZA GALAXIA LOCAL 1", "CG", TimeSpan.FromMinutes(10), TimeSpan.FromDays(30));

    private static readonly string[] Cities = ["Morelia", "Puebla", "Xalapa", "Toluca", "Oaxaca", "Mérida", "Cancún", "Colima", "Tepic", "Zacatecas"];
    private static readonly string[] Malls = ["Centro", "Plaza Norte", "Plaza Sur", "Paseo", "Galerías", "Altozano"];

    /// <summary>As tickets print them.</summary>
    internal static readonly IReadOnlyList<string> Cinemas = [.. Cities.SelectMany(city => Malls.Select(mall => $"{city} {mall}"))];

    public Merchant Merchant => Shop;
    public string SessionCookie => "cgx";
    public string FirstPage => "/facturacion";
    public string FolioField => "codigo";

    public IReadOnlyList<Product> Products { get; } = [new("BOLETO ADULTO 2D", "90151800", "E48", 68, 95), new("COMBO PAREJA", "90101500", "H87", 185, 260), new("PALOMITAS JUMBO", "90101500", "H87", 85, 120), new("NACHOS", "90101500", "H87", 75, 99)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Mix(9), ["sucursal"] = Chance.Of(Cinemas), ["sala"] = Chance.Number(2), ["asiento"] = $"{Chance.Letters(1)}{Chance.Number(1)}",
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("CINES GALAXIA", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Left($"COMPLEJO: {ticket.Fields["sucursal"].ToUpperInvariant()}").Pair($"SALA {ticket.Fields["sala"]}", $"ASIENTO {ticket.Fields["asiento"]}").Left(ticket.PurchasedAt.Minute())
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}")
        .Left(Slip.PaymentForm(ticket.FormaPago)).Blank().Left($"CODIGO DE COMPRA: {ticket.Folio}").Center("FACTURA EN", $"{addresses[0]}/facturacion").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/facturacion"));
        routes.MapGet("/facturacion", ShowForm.Handle).Step("form");
        routes.MapGet("/mis-comprobantes", ShowForm.Handle).Step("recover");
        routes.MapPost("/v1/compra", FindPurchase.Handle).Step("validate").Takes(1, 3);
        routes.MapPost("/v1/cfdi", MakeCfdi.Handle).Step("submit").Takes(3, 14);
        routes.MapPost("/v1/comprobantes", MakeCfdi.Again).Step("recover").Takes(1, 3);
        foreach (var other in (string[])["club", "empresas", "cartelera"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("senuelo")).Step("decoy");
        routes.MapPost("/v1/otro", () => Results.Json(new { ok = true, mensaje = "Recibido" })).Step("decoy");
    }
}
