using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Invoicing.Portals.Tests;

internal sealed partial class LiebanaTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task After_days_a_mail_brings_links_that_live_a_week()
    {
        var ticket = await Town.Sell("liebana");
        using var visitor = Town.Visit("P6");
        var done = await Request(visitor, ticket);
        Assert.That(done.GetProperty("folio_solicitud").GetString(), Does.StartWith("SOL-"));
        var letter = (await Town.Mail()).Single();
        await Town.Later(TimeSpan.FromDays(2.9));
        Assert.That(await Town.StatusOf(letter.GetProperty("eml").GetString()!), Is.EqualTo(HttpStatusCode.NotFound));
        await Town.Later(TimeSpan.FromDays(2.2));
        using var mail = await Town.Read(letter.GetProperty("eml").GetString()!);
        Assert.That(mail.Attachments, Is.Empty);
        var link = Link().Match(mail.HtmlBody!).Groups[1].Value;
        await Town.Verify(await visitor.Bytes(link), ticket);
        await Town.Later(TimeSpan.FromDays(8));
        using var late = await visitor.Get(link);
        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(await Town.Emissions(ticket), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_second_request_is_told_of_the_first_and_a_silent_one_never_mails()
    {
        await Town.Break("liebana", "mail_never");
        var ticket = await Town.Sell("liebana");
        using var visitor = Town.Visit("P6");
        var folio = (await Request(visitor, ticket)).GetProperty("folio_solicitud").GetString()!;
        Assert.That(Says(await visitor.PostJson("/api/compra", Form(ticket))), Is.EqualTo("Ya existe una solicitud en proceso"));
        await Town.Later(TimeSpan.FromDays(9));
        Assert.That(await Town.Mail(), Is.Empty);
        Assert.That(Says(await visitor.PostJson("/api/consulta", [new("rfc", "EKU9003173C9"), new("solicitud", folio)])), Is.EqualTo("Tu solicitud está en proceso"));
    }

    [Test]
    public async Task A_saved_client_is_masked_and_brings_an_old_postal_code()
    {
        var ticket = await Town.Sell("liebana");
        using var visitor = Town.Visit("P6");
        var form = Form(ticket);
        (form["rfc"], form["razon"], form["cp"]) = ("XIA190128J61", "XENON INDUSTRIAL ARTICLES", "76343");
        await visitor.PostJson("/api/compra", form);
        var saved = (await visitor.PostJson("/api/clientes", form)).GetProperty("clientes").EnumerateArray().First();
        Assert.That(saved.GetProperty("nombre").GetString(), Is.EqualTo("X*** I*** A***"));
        var client = (await visitor.PostJson("/api/cliente", [new("numero", "0")])).GetProperty("cliente");
        form["cp"] = client.GetProperty("cp").GetString()!;
        Assert.That(Says(await visitor.PostJson("/api/solicitud", form)), Does.Contain("CFDI40148"));
        form["importe"] = "$0.01";
        Assert.That(Says(await visitor.PostJson("/api/compra", form)), Is.EqualTo("No encontramos tu compra"));
    }

    private static async Task<JsonElement> Request(Visitor visitor, JsonElement ticket)
    {
        var form = Form(ticket);
        await visitor.PostJson("/api/compra", form);
        await visitor.PostJson("/api/clientes", form);
        return await visitor.PostJson("/api/solicitud", form);
    }

    private static Dictionary<string, string> Form(JsonElement ticket) => new(Visitor.Kemper)
    {
        ["uid"] = Visitor.Printed(ticket, "uid"),
        ["codigo"] = Visitor.Printed(ticket, "folio"),
        ["importe"] = $"${Visitor.Printed(ticket, "total")}",
        ["razon"] = "ESCUELA KEMPER URGATE",
    };

    private static string Says(JsonElement reply) => reply.GetProperty("mensaje").GetString()!;

    [GeneratedRegex("http://localhost:[0-9]+(/descarga/[0-9a-f]+)\">Descargar XML")]
    private static partial Regex Link();
}
