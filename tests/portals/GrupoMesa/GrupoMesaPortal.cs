using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.GrupoMesa;

/// <summary>P3, three restaurant brands on one host: a script asks step by step, and every answer is HTTP 200. From 20 minutes to 30 days.</summary>
public sealed class GrupoMesaPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "grupo-mesa", "Grupo Mesa", "URE180429TM6", "UNIVERSIDAD ROBOTICA ESPAÑOLA", "601", "86991",
        "PASEO TABASCO 900", "GM", TimeSpan.FromMinutes(20), TimeSpan.FromDays(30));

    internal static readonly Post ByMail = new("attachments", 1, 5);

    /// <summary>What <c>opc</c> may be, and the brand it means.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Brands = new Dictionary<string, string>
    {
        ["Cafe"] = "Café Alameda", ["Pizza"] = "Pizza Portal", ["Taqueria"] = "Taquería El Trompo",
    };

    public Merchant Merchant => Shop;
    public string SessionCookie => "ARRAffinityGM";
    public string FirstPage => "/wwwroot";
    public string FolioField => "ticket";

    public IReadOnlyList<Product> Products { get; } =
    [
        new("CAFE LATTE GDE", "90101501", "E48", 58, 82),
        new("PAN FRANCES", "90101501", "E48", 40, 75),
        new("ENCHILADAS SUIZAS", "90101501", "E48", 120, 190),
        new("PIZZA FAMILIAR", "90101501", "E48", 180, 320),
    ];

    /// <summary>Two numbers of nine digits on the paper: the ticket and the bank's authorization; two of five: store and order.</summary>
    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(9),
        ["tienda"] = Chance.Number(5),
        ["marca"] = Chance.Of([.. Brands.Keys]),
        ["aut"] = Chance.Number(9),
        ["orden"] = Chance.Number(5),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center(Brands.GetValueOrDefault(ticket.Fields["marca"], Shop.Brand).ToUpperInvariant(), Shop.LegalName, $"R.F.C. {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Blank().Pair($"TIENDA: {ticket.Fields["tienda"]}", $"ORDEN: {ticket.Fields["orden"]}").Pair("FECHA:", ticket.PurchasedAt.Minute())
        .Pair("TICKET:", ticket.Folio).Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA 16%", Slip.Money(ticket.Iva)).Pair("TOTAL", $"$ {Slip.Money(ticket.Total)}")
        .Left($"{Slip.PaymentForm(ticket.FormaPago)}  AUT. {ticket.Fields["aut"]}")
        .Blank().Center("SOLICITE SU FACTURA EN", $"{addresses[0]}/wwwroot?opc={ticket.Fields["marca"]}", "20 MIN DESPUES DE SU CONSUMO", "VIGENCIA 30 DIAS").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/wwwroot"));
        routes.MapGet("/wwwroot", BillingForm.Show).Step("form");
        routes.MapPost("/wwwroot/api/rfc", ValidateSteps.Rfc).Step("receptor").Takes(0.2, 1);
        routes.MapPost("/wwwroot/api/ticket", ValidateSteps.Ticket).Step("validate").Takes(0.3, 2);
        routes.MapPost("/wwwroot/api/fecha", ValidateSteps.Date).Step("continue").Takes(0.2, 1);
        routes.MapPost("/wwwroot/api/facturar", EmitStep.Handle).Step("submit").Takes(3, 12);
        routes.MapGet("/cfdi/{token}", (string token, MailedLinks links) => links.Follow(token)).Step("download");
        routes.MapGet("/wwwroot/consulta", (Visit visit) => visit.Page("consulta")).Step("recover");
        routes.MapPost("/wwwroot/api/consulta", ConsultStep.Handle).Step("recover");
        routes.MapGet("/wwwroot/encuesta", (Visit visit) => visit.Page("senuelo", ("titulo", "Califica tu visita"))).Step("decoy");
        routes.MapGet("/wwwroot/corregir", (Visit visit) => visit.Page("senuelo", ("titulo", "Corregir o refacturar"))).Step("decoy");
        routes.MapGet("/wwwroot/publico", (Visit visit) => visit.Page("senuelo", ("titulo", "Público en general"))).Step("decoy");
    }
}
