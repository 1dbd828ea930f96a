using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.ViaBajio;

/// <summary>
/// P33, toll roads on WebForms with DevExpress editors: one enters with RFC, mail and a captcha (no password), completes the fiscal data in the first tab, adds crossings in the second (plaza from a combo,
/// payment form left at cash) and finds the files in the third, in a grid of all invoices of that RFC. From six hours to 30 days.
/// </summary>
public sealed class ViaBajioPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "via-bajio", "Autopistas Vía Bajío", "EWE1709045U0", "ESCUELA WILSON ESQUIVEL", "603", "63901",
        "AUTOPISTA CELAYA-SALAMANCA KM 12", "VB", TimeSpan.FromHours(6), TimeSpan.FromDays(30));

    internal static readonly string[] Plazas = ["Apaseo", "Celaya Norte", "Celaya Sur", "Cortazar", "Guanajuato", "Irapuato", "La Piedad", "León", "Salamanca", "Silao", "Villagrán"];

    public Merchant Merchant => Shop;
    public string SessionCookie => "ASP.NET_SessionId_VB";
    public string FirstPage => "/Portal/Acceso.aspx";
    public string FolioField => "txtFolio";

    public IReadOnlyList<Product> Products { get; } = [new("CUOTA DE PEAJE", "95111602", "E48", 48, 380)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(8), ["caseta"] = Chance.Of(Plazas), ["carril"] = $"{Chance.Number(1)}{Chance.Of((string[])["A", "B"])}", ["cajero"] = Chance.Number(4), ["clase"] = Chance.Of((string[])["AUTO", "CAMION 2 EJES", "CAMION 5 EJES"]),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("AUTOPISTAS VIA BAJIO", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Left($"CASETA: {ticket.Fields["caseta"].ToUpperInvariant()}").Pair($"CARRIL: {ticket.Fields["carril"]}", $"CAJERO: {ticket.Fields["cajero"]}").Pair($"FOLIO: {ticket.Folio}", ticket.PurchasedAt.Minute()).Left($"CLASE: {ticket.Fields["clase"]}")
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("CONSERVE SU COMPROBANTE", "FACTURE DENTRO DE 30 DIAS EN", addresses[0]).Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/Portal/Acceso.aspx"));
        routes.MapGet("/Portal/Acceso.aspx", Entrance.Show).Step("form");
        routes.MapPost("/Portal/Acceso.aspx", Entrance.Enter).Step("login").Takes(1, 2);
        routes.MapGet("/Portal/DXCaptcha.axd", (Visit visit, CaptchaDesk captchas) => Results.Bytes(captchas.Show(Shop.Portal, visit.Session.Id, another: true).Png, "image/png")).Step("captcha");
        routes.MapGet("/Portal/Inicio.aspx", Tabs.Show).Step("continue");
        routes.MapPost("/Portal/Inicio.aspx/GuardarDatos", Tabs.Save).Step("receptor").Takes(0.5, 2);
        routes.MapPost("/Portal/Inicio.aspx/AgregarCruce", Crossings.Add).Step("validate").Takes(1, 3);
        routes.MapPost("/Portal/Inicio.aspx/Eliminar", Crossings.Remove).Step("continue");
        routes.MapPost("/Portal/Inicio.aspx/GenerarFactura", Crossings.Invoice).Step("submit").Takes(3, 10);
        routes.MapPost("/Portal/Inicio.aspx/MisFacturas", Tabs.Invoices).Step("recover").Takes(0.5, 2);
        routes.MapGet("/Portal/Archivo.aspx", (Visit visit, Guid id, string tipo, Delivery delivery) => tipo == "XML" ? delivery.Xml(visit, id, $"VB{id:N}.xml") : Delivery.Pdf(visit, id, $"VB{id:N}.pdf")).Step("download");
        foreach (var other in (string[])["Tarifas", "Telepeaje", "Contacto"]) routes.MapGet($"/Portal/{other}.aspx", (Visit visit) => visit.Page("contacto")).Step("decoy");
        routes.MapPost("/Portal/Contacto.aspx", (Visit visit) => visit.Page("contacto")).Step("decoy");
    }
}
