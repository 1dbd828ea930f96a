using System.Security.Cryptography;
using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class OxxoTestTests
{
    private const string Root = "/facturacionElectronica-web/views/layout";

    private static Town Town => Everybody.Town;

    [SetUp]
    public Task Reset() => Town.Reset();

    [Test]
    public async Task Captcha_then_ticket_then_receptor_then_files()
    {
        var ticket = await Town.Sell("oxxo-test");
        using var visitor = Town.Visit("OxxoTest");
        var page = await visitor.Page($"{Root}/inicio.do");
        var form = Form(ticket, await Answer(visitor));
        Assert.That(Says(await visitor.PostJson($"{Root}/generar.do", form)), Is.EqualTo("Primero debe validar su ticket"));
        Assert.That(Says(await visitor.PostJson($"{Root}/validar.do", form)), Is.EqualTo("El ticket ingresado es válido"));
        await visitor.PostJson($"{Root}/continuar.do", form);
        Assert.That((await visitor.PostJson($"{Root}/cliente.do", form)).GetProperty("nombre").GetString(), Is.EqualTo("ESCUELA KEMPER URGATE SA DE CV"));
        (form["regimen"], form["uso"]) = (Visitor.Option(page, "(601)"), Visitor.Option(page, "(G03)"));
        var done = await visitor.PostJson($"{Root}/generar.do", form);
        using var xml = await visitor.Get($"{Root}/xml.do?id={done.GetProperty("id").GetGuid()}");
        Assert.That(xml.Content.Headers.ContentDisposition!.FileName, Is.EqualTo("descarga"));
        Assert.That(await xml.Content.ReadAsStringAsync(), Does.Contain("Rfc=\"EKU9003173C9\""));
        Assert.That(await Town.Emissions(ticket), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_wrong_answer_changes_the_picture_and_a_late_one_is_not_taken()
    {
        var ticket = await Town.Sell("oxxo-test");
        using var visitor = Town.Visit("OxxoTest");
        await visitor.Page($"{Root}/inicio.do");
        var first = await visitor.Bytes($"{Root}/captcha.do");
        var wrong = await visitor.PostJson($"{Root}/validar.do", Form(ticket, "00000"));
        Assert.That((Says(wrong), wrong.GetProperty("captcha").GetBoolean()), Is.EqualTo(("El código de la imagen es incorrecto", true)));
        Assert.That(await visitor.Bytes($"{Root}/captcha.do"), Is.Not.EqualTo(first));
        var answer = await Answer(visitor);
        await Town.Clock(TimeSpan.FromSeconds(91));
        Assert.That(Says(await visitor.PostJson($"{Root}/validar.do", Form(ticket, answer))), Does.Contain("ha caducado"));
    }

    [Test]
    public async Task A_ticket_of_a_minute_ago_is_not_there_yet()
    {
        var ticket = await Town.Sell("oxxo-test", purchasedAt: TimeProvider.System.GetUtcNow().AddMinutes(-1));
        using var visitor = Town.Visit("OxxoTest");
        await visitor.Page($"{Root}/inicio.do");
        Assert.That(Says(await visitor.PostJson($"{Root}/validar.do", Form(ticket, await Answer(visitor)))), Does.Contain("todavía no"));
    }

    private static async Task<string> Answer(Visitor visitor)
    {
        var picture = Convert.ToHexStringLower(SHA256.HashData(await visitor.Bytes($"{Root}/captcha.do")));
        return (await Town.Truth($"/_truth/captcha?sha256={picture}")).GetProperty("answer").GetString()!;
    }

    private static Dictionary<string, string> Form(JsonElement ticket, string captcha)
    {
        var form = new Dictionary<string, string>(Visitor.Kemper) { ["captcha"] = captcha };
        foreach (var name in new[] { "fecha", "folio", "venta", "total" }) form[name] = Visitor.Printed(ticket, name);
        return form;
    }

    private static string Says(JsonElement reply) => reply.GetProperty("mensaje").GetString()!;
}
