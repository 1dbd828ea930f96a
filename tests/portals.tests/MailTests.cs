using System.Text.Json;
using MimeKit;

namespace Invoicing.Portals.Tests;

internal sealed class MailTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public Task Reset() => Town.Reset();

    [Test]
    public async Task Decoys_arrive_with_the_invoice()
    {
        foreach (var kind in new[] { "other_taxpayer", "newsletter", "duplicate", "reply" }) await Town.Break("grupo-mesa", "mail_decoy", times: 1, value: kind);
        await Town.Break("grupo-mesa", "mail_form", times: 1, value: "nested_zip");
        var ticket = await Invoice();
        await Town.Later(TimeSpan.FromMinutes(20));
        var letters = await Town.Mail();
        Assert.That(letters.Select(Form), Is.EquivalentTo(new[] { "other_taxpayer", "newsletter", "duplicate", "reply", "nested_zip" }));
        using var others = await Town.Read(Eml(letters, "other_taxpayer"));
        Assert.That(System.Text.Encoding.UTF8.GetString(await Files.Of(others, ".xml")), Does.Not.Contain("EKU9003173C9"));
        using var nested = await Town.Read(Eml(letters, "nested_zip"));
        await Town.Verify(Files.Of(Files.Of(await Files.Of(nested, ".zip"), ".zip"), ".xml"), ticket);
        using var reply = await Town.Read(Eml(letters, "reply"));
        Assert.That(reply.BodyParts.OfType<MessagePart>().Single().Message!.Attachments, Is.Not.Empty);
        Assert.That(await Town.Emissions(ticket), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_late_letter_is_not_there_before_its_time()
    {
        await Town.Break("grupo-mesa", "mail_late", times: 1, value: "7200");
        await Invoice();
        await Town.Later(TimeSpan.FromMinutes(110));
        Assert.That((await Town.Mail()).Single().GetProperty("arrived").GetBoolean(), Is.False);
        await Town.Later(TimeSpan.FromMinutes(20));
        Assert.That((await Town.Mail()).Single().GetProperty("arrived").GetBoolean(), Is.True);
    }

    [Test]
    public async Task SAT_knows_a_CFDI_after_its_delay_until_it_is_cancelled()
    {
        var ticket = await Invoice();
        var emission = (await Town.Emissions(ticket)).Single();
        var uuid = emission.GetProperty("uuid").GetString()!;
        var expression = $"?id={uuid}&re=URE180429TM6&rr=EKU9003173C9&tt={Visitor.Printed(ticket, "total")}&fe=AAAAAAA=";
        await Town.Post("/_control/sat", new { delay_seconds = 600 });
        Assert.That(await Town.AskSat(expression), Does.Contain("N - 602").And.Contain("No Encontrado"));
        await Town.Later(TimeSpan.FromMinutes(11));
        Assert.That(await Town.AskSat(expression), Does.Contain("S - Comprobante obtenido").And.Contain(">Vigente<"));
        Assert.That(await Town.AskSat(expression.Replace("EKU9003173C9", "URE180429TM6", StringComparison.Ordinal)), Does.Contain("N - 602"));
        await Town.Post("/_control/sat", new { cancel = uuid });
        Assert.That(await Town.AskSat(expression), Does.Contain(">Cancelado<"));
        Assert.That(await Town.AskSat("?a=foo"), Does.Contain("N - 601"));
    }

    private static async Task<JsonElement> Invoice()
    {
        var ticket = await Town.Sell("grupo-mesa");
        using var visitor = Town.Visit("P3");
        var form = new Dictionary<string, string>(Visitor.Kemper)
        {
            ["opc"] = Visitor.Printed(ticket, "marca"), ["ticket"] = Visitor.Printed(ticket, "folio"), ["tienda"] = Visitor.Printed(ticket, "tienda"),
            ["fecha"] = Visitor.Printed(ticket, "fecha"), ["razon"] = "ESCUELA KEMPER URGATE",
        };
        foreach (var step in new[] { "rfc", "ticket", "fecha", "facturar" }) await visitor.PostJson($"/wwwroot/api/{step}", form);
        return ticket;
    }

    private static string Form(JsonElement letter) => letter.GetProperty("form").GetString()!;

    private static string Eml(IEnumerable<JsonElement> letters, string form) => letters.Single(letter => Form(letter) == form).GetProperty("eml").GetString()!;
}
