using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.EstacionaFacil;

/// <summary>
/// P37, car parks on React and Ant Design: receipts are added one by one in a modal to a table, lists that only draw what is in sight, kind of person by radio before the régimen,
/// a bubble to confirm, messages that fade, SAT's refusal in the site's own words; the invoice by mail. From one hour to five days.
/// </summary>
public sealed class EstacionaFacilPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "estaciona-facil", "Estaciona Fácil", "JES900109Q90", "JIMENEZ ESTRADA SALAS", "601", "37161",
        "AV. CONSTITUYENTES 77", "EF", TimeSpan.FromHours(1), TimeSpan.FromDays(5));

    internal static readonly Post ByMail = new("attachments", 2, 15);

    internal static readonly string[] CarParks =
    [
        "Aeropuerto Querétaro", "Antea", "Alameda Central", "Centro Histórico 5 de Mayo", "Centro Histórico Madero", "Centro Sur", "Constituyentes", "Corregidora", "El Mirador", "Galerías Norte", "Galerías Sur", "Hospital Ángeles",
        "Hospital San José", "Jurica", "Juriquilla", "La Victoria", "Los Olivos", "Plaza Boulevares", "Plaza del Parque", "Plaza Patria", "Puerta La Victoria", "Terminal de Autobuses", "Torre Central", "Uptown", "Zaragoza",
    ];

    public Merchant Merchant => Shop;
    public string SessionCookie => "ef_sid";
    public string FirstPage => "/factura";
    public string FolioField => "recibo";

    public IReadOnlyList<Product> Products { get; } = [new("SERVICIO DE ESTACIONAMIENTO", "78111807", "E48", 25, 240)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string> { ["folio"] = $"{Chance.Letters(2)}{Chance.Number(8)}", ["sucursal"] = Chance.Of(CarParks), ["placa"] = $"{Chance.Letters(3)}{Chance.Number(4)}" };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("ESTACIONA FACIL", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Left($"ESTACIONAMIENTO {ticket.Fields["sucursal"]}").Pair("FOLIO", ticket.Folio).Pair("PLACA", ticket.Fields["placa"]).Pair("SALIDA", ticket.PurchasedAt.Minute())
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("FACTURA EN LINEA", $"{addresses[0]}/factura", "VIGENCIA 5 DIAS").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/factura"));
        routes.MapGet("/factura", Receipts.Show).Step("form");
        routes.MapPost("/api/v1/recibos", Receipts.Add).Step("validate").Takes(1, 3);
        routes.MapPost("/api/v1/recibos/quitar", Receipts.Remove).Step("continue");
        routes.MapPost("/api/v1/solicitudes", Receipts.Request).Step("submit").Takes(2, 7);
        routes.MapGet("/reenvio", (Visit visit) => visit.Page("reenvio")).Step("recover");
        routes.MapPost("/api/v1/reenvios", Receipts.Again).Step("recover").Takes(1, 3);
        foreach (var other in (string[])["ubicaciones", "pensiones", "boleto-perdido"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("pensiones")).Step("decoy");
        routes.MapPost("/pensiones", (Visit visit) => visit.Page("pensiones")).Step("decoy");
    }
}
