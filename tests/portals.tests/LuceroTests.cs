using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class LuceroTests
{
    private const string Page = "/lucero/lucero_efw.aspx";

    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task Three_steps_and_the_files_come_by_mail_once_more_when_asked()
    {
        var ticket = await Sell(TimeSpan.FromHours(30));
        using var visitor = Town.Visit("P9");
        await visitor.Page(Page);
        var customer = await Find(visitor, ticket);
        Assert.That(customer, Does.Contain("facturas.anteriores@correo.test"), "what was saved");
        Assert.That(await Press(visitor, "imgAlta", Customer("facturas@kemper.test", "otro@kemper.test")), Does.Contain("no son iguales"));
        Assert.That(await Press(visitor, "imgAlta", Customer("facturas@kemper.test", "facturas@kemper.test")), Does.Contain("Tipo de venta"));
        var kind = Visitor.Printed(ticket, "tipo_venta");
        Assert.That(await Press(visitor, "imgFacturar", new() { ["ddlTipoVenta"] = kind == "OTROS" ? "ROPA" : "OTROS", ["ddlUsoCfdi"] = "G03" }), Does.Contain("no corresponde"));
        Assert.That(await Press(visitor, "imgFacturar", new() { ["ddlTipoVenta"] = kind, ["ddlUsoCfdi"] = "G03" }), Does.Contain("Su factura fue procesada"));
        await Town.Later(TimeSpan.FromMinutes(30));
        var letter = (await Town.Mail()).Single();
        using var mail = await Town.Read(letter.GetProperty("eml").GetString()!);
        await Town.Verify(await Files.Of(mail, ".xml"), ticket);
        Assert.That(await Press(visitor, "imgReenviar", Ticket(ticket, ("txtEmail", "facturas@kemper.test"))), Does.Contain("se reenvió"));
        Assert.That(await Town.Mail(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_RFC_cut_in_the_wrong_place_a_young_ticket_and_a_wrong_picture_are_refused_in_a_dialog()
    {
        var (ripe, young) = (await Sell(TimeSpan.FromHours(30)), await Sell(TimeSpan.FromHours(3)));
        using var visitor = Town.Visit("P9");
        await visitor.Page(Page);
        Assert.That(await Find(visitor, ripe, ("txtRFC", "EKU9003173"), ("txtHomoCve", "C9")), Does.Contain("homoclave incorrectos"));
        Assert.That(await Find(visitor, ripe, ("txtCodigo", "?????")), Does.Match("alert\\(.*imagen es incorrecto"));
        Assert.That(await Find(visitor, young), Does.Contain("24 hrs."));
    }

    private static async Task<JsonElement> Sell(TimeSpan ago) => await Town.Sell("lucero", purchasedAt: await Town.Now() - ago);

    private static async Task<string> Find(Visitor visitor, JsonElement ticket, params (string, string)[] changes) =>
        await Press(visitor, "imgSiguiente", Ticket(ticket, [("txtCodigo", await Town.Answer(visitor, "/lucero/captcha.ashx")), .. changes]));

    private static Dictionary<string, string> Ticket(JsonElement ticket, params (string Field, string Value)[] changes)
    {
        var form = new Dictionary<string, string> { ["txtRFC"] = "EKU900317", ["txtHomoCve"] = "3C9", ["txtNumTicket"] = Visitor.Printed(ticket, "folio") };
        foreach (var (field, value) in changes) form[field] = value;
        return form;
    }

    private static Dictionary<string, string> Customer(string mail, string again) => new()
    {
        ["txtNombre"] = "ESCUELA KEMPER URGATE", ["txtCP"] = "42501", ["ddlRegimen"] = "601", ["txtEmail"] = mail, ["txtEmail2"] = again,
    };

    private static async Task<string> Press(Visitor visitor, string picture, Dictionary<string, string> form) =>
        System.Text.RegularExpressions.Regex.Unescape(await visitor.Post(Page, form.Append(new($"{picture}.x", "7")).Append(new($"{picture}.y", "7"))));
}
