using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.MarDeCortes;

/// <summary>
/// P22, hotel: English first, a stay whose charges are listed beside those of other guests with a button each, use preset to what the company does not want, name in parts,
/// a toast that vanishes as the only word of success, files by links in a mail. From two hours to 60 days.
/// </summary>
public sealed class MarDeCortesPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "mar-de-cortes", "Hotel Mar de Cortés", "CACX7605101P8", "XOCHILT CASAS CHAVEZ", "612", "36257",
        "MALECON 118", "HM", TimeSpan.FromHours(2), TimeSpan.FromDays(60));

    internal static readonly Post ByMail = new("links", 1, 20, "/l/");

    public Merchant Merchant => Shop;
    public string SessionCookie => "mdc";
    public string FirstPage => "/billing";
    public string FolioField => "stay";

    public IReadOnlyList<Product> Products { get; } = [new("HABITACION DOBLE", "90111800", "E48", 1250, 2400), new("DESAYUNO BUFFET", "90101500", "E48", 190, 280), new("LAVANDERIA", "91111502", "E48", 120, 300)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string> { ["folio"] = Chance.Number(6), ["habitacion"] = Chance.Number(3), ["huesped"] = Chance.Of((string[])["GARZA", "LUNA", "SOTO", "VEGA"]) };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("HOTEL MAR DE CORTES", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"C.P. {Shop.PostalCode}")
        .Pair("FOLIO DE ESTANCIA", ticket.Folio).Pair($"HAB {ticket.Fields["habitacion"]}", $"SR(A). {ticket.Fields["huesped"]}").Left(ticket.PurchasedAt.Minute()).Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL", $"${Slip.Money(ticket.Total)}").Left(Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("FACTURE SU ESTANCIA", $"{addresses[0]}/billing").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/billing"));
        routes.MapGet("/billing", Stay.Show).Step("form");
        routes.MapPost("/billing/charges", Stay.Charges).Step("validate").Takes(1, 3);
        routes.MapPost("/billing/invoice", Stay.Invoice).Step("submit").Takes(2, 8);
        routes.MapPost("/billing/resend", Stay.Again).Step("recover").Takes(1, 3);
        routes.MapGet("/l/{token}", (string token, MailedLinks links) => links.Follow(token)).Step("download");
        foreach (var other in (string[])["rooms", "offers"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("senuelo")).Step("decoy");
        routes.MapPost("/billing/other", () => Results.Json(new { ok = true, mensaje = "Charge invoiced to another guest" })).Step("decoy");
        routes.MapPost("/offers", (Visit visit) => visit.Page("senuelo")).Step("decoy");
    }
}
