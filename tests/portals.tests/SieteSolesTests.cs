using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class SieteSolesTests
{
    private const string Rest = "/KPortalExterno/rest";

    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task Tickets_of_a_day_share_a_CFDI_with_the_payment_form_left_on_the_page()
    {
        var (first, second) = (await Sell(), await Sell());
        using var visitor = Town.Visit("P4");
        await visitor.Page("/KPortalExterno/express");
        Assert.That((await Add(visitor, first)).GetProperty("total").GetString(), Is.EqualTo(Visitor.Printed(first, "total")));
        Assert.That(Says(await Add(visitor, first)), Is.EqualTo("Ticket ya agregado"));
        Assert.That((await Add(visitor, second)).GetProperty("ok").GetBoolean(), Is.True);
        var done = await visitor.PostJson($"{Rest}/facturar", Receptor("99"));
        var xml = Files.Of(await visitor.Bytes($"{Rest}/archivos?id={done.GetProperty("id").GetGuid()}"), ".xml");
        Assert.That(System.Text.Encoding.UTF8.GetString(xml), Does.Contain("FormaPago=\"99\"").And.Contain("MetodoPago=\"PPD\""));
        Assert.That((await Town.Emissions(second)).Single().GetProperty("forma_pago").GetString(), Is.EqualTo("99"));
        Assert.That(Says(await Add(visitor, first)), Does.StartWith("Ticket facturado con folio"));
    }

    [Test]
    public async Task One_ticket_with_its_own_payment_form_verifies()
    {
        var ticket = await Sell();
        using var visitor = Town.Visit("P4");
        await visitor.Page("/KPortalExterno/express");
        await Add(visitor, ticket);
        var done = await visitor.PostJson($"{Rest}/facturar", Receptor(ticket.GetProperty("forma_pago").GetString()!));
        await Town.Verify(Files.Of(await visitor.Bytes($"{Rest}/archivos?id={done.GetProperty("id").GetGuid()}"), ".xml"), ticket);
    }

    [Test]
    public async Task Three_wrong_answers_lock_the_ticket_for_a_quarter_of_an_hour()
    {
        var ticket = await Sell();
        using var visitor = Town.Visit("P4");
        for (var i = 0; i < 3; i++)
        {
            var wrong = await Add(visitor, ticket, "?????");
            Assert.That((Says(wrong), wrong.GetProperty("limpia").GetBoolean()), Is.EqualTo(("Captcha incorrecto", true)));
        }

        Assert.That(Says(await Add(visitor, ticket)), Does.Contain("bloqueado"));
        await Town.Later(TimeSpan.FromMinutes(16));
        Assert.That((await Add(visitor, ticket)).GetProperty("ok").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Another_day_does_not_group_and_34_digits_are_no_ticket()
    {
        var today = await Sell();
        var before = await Town.Sell("siete-soles", purchasedAt: await Town.Now() - TimeSpan.FromDays(2));
        using var visitor = Town.Visit("P4");
        await Add(visitor, today);
        Assert.That(Says(await Add(visitor, before)), Does.StartWith("No es posible agrupar"));
        Assert.That(Says(await visitor.PostJson($"{Rest}/agregar", [new("noTicket", new string('1', 34)), new("captcha", "x")])), Is.EqualTo("Ticket inválido"));
    }

    private static async Task<JsonElement> Sell() => await Town.Sell("siete-soles", purchasedAt: await Town.Now() - TimeSpan.FromHours(1));

    private static async Task<JsonElement> Add(Visitor visitor, JsonElement ticket, string? answer = null) => await visitor.PostJson($"{Rest}/agregar",
        [new("noTicket", Visitor.Printed(ticket, "folio")), new("captcha", answer ?? await Town.Answer(visitor, "/KPortalExterno/Kaptcha.jpg?r=1"))]);

    private static Dictionary<string, string> Receptor(string form) => new()
    {
        ["rfcCliente"] = "EKU9003173C9", ["razon"] = "ESCUELA KEMPER URGATE", ["cp"] = "42501", ["regimenFiscalReceptor"] = "601",
        ["usoCfdi"] = "G03", ["formaPagoAux"] = form, ["emailInput"] = "facturas@kemper.test",
    };

    private static string Says(JsonElement reply) => reply.GetProperty("mensaje").GetString()!;
}
