using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.GasGo;

/// <summary>P8, fuel with an account: one address for every screen, a payment form for each row that starts wrong, success without a word. From 24 hours to 30 days.</summary>
public sealed class GasGoPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "gas-go", "Gas & Go", "ZUÑ920208KL4", "ZAPATERIA URTADO ÑERI", "601", "34541",
        "LIBRAMIENTO NORTE 18", "GG", TimeSpan.FromHours(24), TimeSpan.FromDays(30));

    public Merchant Merchant => Shop;
    public string SessionCookie => "gg_session";
    public TimeSpan SessionLife => TimeSpan.FromMinutes(30);
    public string FirstPage => "/";

    public IReadOnlyList<Product> Products { get; } = [new("GASOLINA REGULAR", "15101514", "LTR", 200, 900), new("GASOLINA PREMIUM", "15101515", "LTR", 300, 1200)];

    /// <summary>Seven digits of folio between a seven-digit pump number and the bank's authorization.</summary>
    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(7),
        ["estacion"] = Chance.Of(Stations.Taking).Key,
        ["bomba"] = Chance.Number(7),
        ["aut"] = Chance.Digits(6),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses)
    {
        var slip = new Slip()
            .Center("GAS & GO", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
            .Blank().Left(Stations.NameOf(ticket.Fields["estacion"])).Pair("FECHA", ticket.PurchasedAt.Minute())
            .Pair($"BOMBA {ticket.Fields["bomba"]}", $"FOLIO {ticket.Folio}").Rule();
        foreach (var item in ticket.Items) slip.Pair($"{item.Description} {item.Quantity} L", $"${Slip.Money(item.Amount)}");
        return slip.Rule().Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA 16%", Slip.Money(ticket.Iva)).Pair("TOTAL", $"$ {Slip.Money(ticket.Total)}")
            .Left($"{Slip.PaymentForm(ticket.FormaPago)} AUT {ticket.Fields["aut"]}")
            .Blank().Center("FACTURE CON SU CUENTA EN", $"{addresses[0]}/#/", "24 HRS DESPUES DE SU CARGA").Lines;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", ShowApp.Handle).Step("form");
        routes.MapGet("/api/reto", (Visit visit, CaptchaDesk captchas) => Results.Bytes(captchas.Show(Shop.Portal, visit.Session.Id, another: true).Png, "image/png")).Step("captcha");
        routes.MapPost("/api/reto", Challenge.Answer).Step("captcha");
        routes.MapPost("/api/entrar", LogIn.Handle).Step("login").Takes(0.3, 1);
        var inside = routes.MapGroup("/api").AddEndpointFilter(LogIn.OnlyInside);
        inside.MapPost("/datos", FiscalData.Handle).Step("receptor");
        inside.MapPost("/activar", FiscalData.Activate).Step("receptor");
        inside.MapPost("/ticket", AddTicket.Handle).Step("validate").Takes(0.5, 3);
        inside.MapPost("/quitar", AddTicket.Remove).Step("continue");
        inside.MapPost("/enviar", SendRows.Handle).Step("submit").Takes(2, 8);
        inside.MapPost("/facturas", MyInvoices.Handle).Step("recover");
        inside.MapGet("/archivo/{id:guid}/xml", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, $"{id}.xml")).Step("download");
        inside.MapGet("/archivo/{id:guid}/pdf", (Visit visit, Guid id) => Delivery.Pdf(visit, id, $"{id}.pdf")).Step("download");
        routes.MapGet("/registro", (Visit visit) => visit.Page("senuelo", ("titulo", "Crear cuenta"))).Step("decoy");
        routes.MapGet("/cancelar", (Visit visit) => visit.Page("senuelo", ("titulo", "Cancelar facturas"))).Step("decoy");
        routes.MapGet("/publico", (Visit visit) => visit.Page("senuelo", ("titulo", "Público en general"))).Step("decoy");
    }
}
