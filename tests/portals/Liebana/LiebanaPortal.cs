using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Liebana;

/// <summary>P6, React with Material widgets: code and amount, masked saved clients, lists that draw what is scrolled to. The CFDI comes by mail after days, as links. Same calendar month.</summary>
public sealed class LiebanaPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "liebana", "Casa Liébana", "L&O950913MSA", "LUCES & OBRAS", "601", "60922",
        "PASEO CENTRAL 1500", "CL", TimeSpan.Zero, TimeSpan.FromDays(31))
    {
        Closes = MexicoTime.EndOfMonth,
    };

    internal static readonly Post ByMail = new("links", 3 * 24 * 60, 5 * 24 * 60, "/descarga/");

    public Merchant Merchant => Shop;
    public string SessionCookie => "lb.sid";
    public string FirstPage => "/generarFactura/&uid=casa";
    public string FolioField => "codigo";

    public IReadOnlyList<Product> Products { get; } =
    [
        new("CAMISA CABALLERO", "53101602", "H87", 399, 1290),
        new("PERFUME 100ML", "53131620", "H87", 890, 2450),
        new("JUEGO DE SABANAS", "52121508", "H87", 599, 1599),
        new("ZAPATO DAMA", "53111602", "H87", 699, 1899),
    ];

    /// <summary>The code mixes letters and digits in four blocks; the terminal's number below it is as long.</summary>
    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Mix(20),
        ["uid"] = Chance.Of((string[])["casa", "sub"]),
        ["terminal"] = Chance.Digits(20),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center(ticket.Fields["uid"] == "sub" ? "SUBLIEBANA" : "CASA LIEBANA", Shop.LegalName, $"RFC: {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Blank().Pair("FECHA", ticket.PurchasedAt.Minute()).Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", $"${Slip.Money(ticket.Subtotal)}").Pair("IVA 16%", $"${Slip.Money(ticket.Iva)}").Pair("TOTAL", $"${Slip.Money(ticket.Total)}")
        .Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Left("CODIGO DE FACTURACION").Left(Slip.Blocks(ticket.Folio, 5)).Left($"TERMINAL {ticket.Fields["terminal"]}")
        .Blank().Center("FACTURACION", $"{addresses[0]}/generarFactura/&uid={ticket.Fields["uid"]}", "DENTRO DEL MES DE COMPRA").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/generarFactura/&uid=casa"));
        routes.MapGet("/generarFactura/{marca}", ShowForm.Handle).Step("form");
        routes.MapPost("/api/compra", FindPurchase.Handle).Step("validate").Takes(0.5, 3);
        routes.MapPost("/api/clientes", SavedClients.List).Step("receptor").Takes(0.5, 2);
        routes.MapPost("/api/cliente", SavedClients.Pick).Step("receptor");
        routes.MapPost("/api/solicitud", RequestInvoice.Handle).Step("submit").Takes(2, 8);
        routes.MapGet("/consultaSolicitud", (Visit visit) => visit.Page("consulta")).Step("recover");
        routes.MapPost("/api/consulta", AskRequest.Handle).Step("recover");
        routes.MapGet("/descarga/{token}", (string token, MailedLinks links) => links.Follow(token)).Step("download");
        routes.MapGet("/cancelarFactura", (Visit visit) => visit.Page("senuelo", ("titulo", "Cancelar o sustituir factura"))).Step("decoy");
        routes.MapGet("/publicoGeneral", (Visit visit) => visit.Page("senuelo", ("titulo", "Ticket a público en general"))).Step("decoy");
        routes.MapGet("/encuesta", (Visit visit) => visit.Page("senuelo", ("titulo", "Tu opinión vale"))).Step("decoy");
    }
}
