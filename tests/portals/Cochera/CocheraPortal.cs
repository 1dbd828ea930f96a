using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Cochera;

/// <summary>
/// P14, car parks of several companies on one site: which company comes first, web components within web components, the code in a box that hides what is typed,
/// terms that wake up when read to their end, a ZIP by mail and nothing else. From an hour to 15 days.
/// </summary>
public sealed class CocheraPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "cochera", "Cocheras Unidas", "WERX631016S30", "XAIME WEIR ROJO", "612", "01279",
        "CALLE DEL ARBOL 5", "CU", TimeSpan.FromHours(1), TimeSpan.FromDays(15));

    internal static readonly Post ByMail = new("zip", 5, 55);

    public Merchant Merchant => Shop;
    public string SessionCookie => "cu_web";
    public string FirstPage => "/factura";
    public string FolioField => "codigo";

    public IReadOnlyList<Product> Products { get; } = [new("SERVICIO DE ESTACIONAMIENTO", "78111807", "E48", 22, 260), new("BOLETO PERDIDO", "78111807", "E48", 180, 260)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Mix(12), ["empresa"] = Chance.Of(Companies.All), ["boleto"] = Chance.Number(6), ["placa"] = $"{Chance.Letters(3)}{Chance.Digits(3)}",
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("COCHERAS UNIDAS", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Left($"EMPRESA: {ticket.Fields["empresa"]}").Pair($"BOLETO {ticket.Fields["boleto"]}", $"PLACA {ticket.Fields["placa"]}")
        .Left($"SALIDA: {ticket.PurchasedAt.Minute()}").Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("SU FACTURA EN", $"{addresses[0]}/factura").Left($"CODIGO: {ticket.Folio}").Center("1 HORA DESPUES DE SU SALIDA").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/factura"));
        routes.MapGet("/factura", ShowForm.Handle).Step("form");
        routes.MapPost("/api/boleto", FindStay.Handle).Step("validate").Takes(0.5, 3);
        routes.MapPost("/api/solicitud", RequestInvoice.Handle).Step("submit").Takes(2, 8);
        routes.MapGet("/estatus", AskStatus.Show).Step("recover");
        routes.MapPost("/api/estatus", AskStatus.Handle).Step("recover");
        foreach (var other in (string[])["pension", "publico", "encuesta"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("senuelo")).Step("decoy");
        routes.MapPost("/api/otro", () => Results.Json(new { ok = true })).Step("decoy");
    }
}
