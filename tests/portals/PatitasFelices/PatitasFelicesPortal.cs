using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.PatitasFelices;

/// <summary>
/// P29, veterinary chain on Vuetify: the clinic's list, receipt and security code in one card, fiscal data in a sheet that slides over it, a switch to accept, lists drawn over the page,
/// a ring while it works, the invoice by mail and a number for the request. From one hour to 60 days.
/// </summary>
public sealed class PatitasFelicesPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "patitas-felices", "Clínica Veterinaria Patitas Felices", "URE180429TM6", "UNIVERSIDAD ROBOTICA ESPAÑOLA", "601", "86991",
        "PASEO TABASCO 912", "PF", TimeSpan.FromHours(1), TimeSpan.FromDays(60));

    internal static readonly Post ByMail = new("zip", 1, 20);
    internal static readonly string[] Clinics = ["Atasta", "Gaviotas", "Paseo Tabasco", "Tabasco 2000", "Villahermosa Centro"];

    public Merchant Merchant => Shop;
    public string SessionCookie => "pf_session";
    public string FirstPage => "/factura-tu-visita";
    public string FolioField => "recibo";

    public IReadOnlyList<Product> Products { get; } = [new("CONSULTA GENERAL", "70122005", "E48", 350, 550), new("VACUNA QUINTUPLE", "51201600", "E48", 280, 420), new("BAÑO MEDICADO", "70122010", "E48", 180, 380)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(7), ["sucursal"] = Chance.Of(Clinics), ["codigo_facturacion"] = Chance.Mix(6), ["medico"] = Chance.Of((string[])["DRA. RUIZ", "DR. LEON", "DRA. PAZ"]),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("CLINICA VETERINARIA", "PATITAS FELICES", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Left($"CLINICA {ticket.Fields["sucursal"].ToUpperInvariant()}").Pair(ticket.Fields["medico"], ticket.PurchasedAt.Minute()).Pair("RECIBO", ticket.Folio).Pair("CODIGO DE FACTURACION", ticket.Fields["codigo_facturacion"])
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("FACTURA TU VISITA", $"{addresses[0]}/factura-tu-visita").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (Visit visit) => visit.Page("portada")).Step("form");
        routes.MapGet("/factura-tu-visita", Card.Show).Step("form");
        routes.MapPost("/backend/recibo", Card.Find).Step("validate").Takes(1, 3);
        routes.MapPost("/backend/factura", Card.Invoice).Step("submit").Takes(3, 9);
        routes.MapPost("/backend/reenvio", Card.Again).Step("recover").Takes(1, 3);
        foreach (var other in (string[])["citas", "adopciones", "club-patitas"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("citas")).Step("decoy");
        routes.MapPost("/citas", (Visit visit) => visit.Page("citas")).Step("decoy");
    }
}
