using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Print;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Aurora;

/// <summary>
/// P17, laboratory with half its words in English: an accordion, kind of person that changes the name's boxes, RFC and mail twice, a date box of the browser, payment form to
/// be chosen, stamping by a link that posts back, files in windows of their own. From 30 minutes to 45 days.
/// </summary>
public sealed class AuroraPortal : IPortal
{
    public static readonly Merchant Shop = new(
        "aurora", "Laboratorios Aurora", "XOJI740919U48", "INGRID XODAR JIMENEZ", "612", "76028",
        "AV. ZARAGOZA 71 PTE.", "LA", TimeSpan.FromMinutes(30), TimeSpan.FromDays(45))
    {
        PaymentForms = ["01", "03", "04", "28"],
    };

    public Merchant Merchant => Shop;
    public string SessionCookie => "AURORA.AUTH";
    public string FirstPage => "/Billing/Index";
    public string FolioField => "OrderNo";

    public IReadOnlyList<Product> Products { get; } = [new("BIOMETRIA HEMATICA", "85121801", "E48", 140, 320), new("QUIMICA 24 ELEM", "85121801", "E48", 380, 760), new("PERFIL TIROIDEO", "85121801", "E48", 520, 980)];

    public IDictionary<string, string> NewFields() => new Dictionary<string, string>
    {
        ["folio"] = Chance.Number(9), ["sucursal"] = Chance.Of((string[])["ZARAGOZA", "CORREGIDORA", "JURICA"]), ["paciente"] = Chance.Number(6), ["recepcion"] = Chance.Number(1),
    };

    public IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses) => new Slip()
        .Center("LABORATORIOS AURORA", Shop.LegalName, $"RFC {Shop.Rfc}", Shop.Address, $"CP {Shop.PostalCode}")
        .Left($"UNIDAD {ticket.Fields["sucursal"]}").Pair($"PACIENTE {ticket.Fields["paciente"]}", ticket.PurchasedAt.Minute()).Pair("NO. DE ORDEN", ticket.Folio)
        .Rule().Items(ticket.Items).Rule()
        .Pair("SUBTOTAL", Slip.Money(ticket.Subtotal)).Pair("IVA", Slip.Money(ticket.Iva)).Pair("TOTAL PAGADO", $"${Slip.Money(ticket.Total)}")
        .Left(ticket.FormaPago == "03" ? "TRANSFERENCIA" : Slip.PaymentForm(ticket.FormaPago))
        .Blank().Center("FACTURE / INVOICE", $"{addresses[0]}/Billing/Index", "45 DIAS / 45 DAYS").Lines;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Redirect("/Billing/Index"));
        routes.MapGet("/Billing/Index", ShowForm.Handle).Step("form");
        routes.MapPost("/Billing/Verify", VerifyOrder.Handle).Step("validate").Takes(1, 4);
        routes.MapPost("/Billing/Index", StampOrder.Handle).Step("submit").Takes(4, 18);
        routes.MapGet("/Billing/Reprint", (Visit visit) => visit.Page("reprint", ("mensaje", visit.Session.TakeNotice()))).Step("recover");
        routes.MapPost("/Billing/Reprint", StampOrder.Again).Step("recover").Takes(1, 4);
        routes.MapGet("/Billing/Xml", (Visit visit, Guid id, Delivery delivery) => delivery.Xml(visit, id, $"{id:D}.xml")).Step("download");
        routes.MapGet("/Billing/Pdf", (Visit visit, Guid id) => Delivery.Pdf(visit, id, null)).Step("download");
        foreach (var other in (string[])["Results", "Insurance", "Cancel"]) routes.MapGet($"/{other}", (Visit visit) => visit.Page("senuelo")).Step("decoy");
        routes.MapPost("/Other", (Visit visit) => visit.Page("senuelo")).Step("decoy");
    }
}
