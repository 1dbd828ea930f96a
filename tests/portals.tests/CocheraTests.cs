using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class CocheraTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task An_archive_by_mail_is_all_that_comes_and_comes_again()
    {
        var ticket = await Sell(TimeSpan.FromHours(3));
        using var visitor = Town.Visit("P14");
        Assert.That((await Find(visitor, ticket, await Company(visitor, ticket))).GetProperty("ok").GetBoolean(), Is.True);
        Assert.That(Says(await visitor.PostJson("/api/solicitud", Visitor.Kemper)), Does.Contain("archivo comprimido"));
        await Town.Later(TimeSpan.FromHours(1));
        using var mail = await Town.Read((await Town.Mail()).Single().GetProperty("eml").GetString()!);
        await Town.Verify(Files.Of(await Files.Of(mail, ".zip"), ".xml"), ticket);
        var status = await visitor.PostJson("/api/estatus",
            [new("empresa", await Company(visitor, ticket)), new("codigo", Visitor.Printed(ticket, "folio")), new("rfc", "EKU9003173C9"), new("correo", "facturas@kemper.test")]);
        Assert.That(Says(status), Does.Contain("nuevamente"));
        Assert.That(await Town.Mail(), Has.Count.EqualTo(2));
        Assert.That(Says(await Find(visitor, ticket, await Company(visitor, ticket))), Does.StartWith("Ya existe una factura"));
    }

    [Test]
    public async Task Another_company_does_not_know_the_code_and_an_hour_must_pass()
    {
        var ticket = await Town.Sell("cochera", new { empresa = "011 COCHERA REFORMA" }, await Town.Now() - TimeSpan.FromHours(3));
        using var visitor = Town.Visit("P14");
        Assert.That(Says(await Find(visitor, ticket, await Value(visitor, "COCHERA REFORMA NORTE ("))), Does.StartWith("No localizamos"));
        Assert.That(Says(await Find(visitor, ticket, await Company(visitor, ticket), terms: "false")), Does.Contain("términos"));
        var young = await Sell(TimeSpan.FromMinutes(10));
        Assert.That(Says(await Find(visitor, young, await Company(visitor, young))), Does.Contain("a partir de las"));
    }

    private static async Task<JsonElement> Sell(TimeSpan ago) => await Town.Sell("cochera", purchasedAt: await Town.Now() - ago);

    private static Task<string> Company(Visitor visitor, JsonElement ticket) => Value(visitor, $"({Visitor.Printed(ticket, "empresa")[..3]})");

    private static async Task<string> Value(Visitor visitor, string text)
    {
        var page = await visitor.Page("/factura");
        var list = JsonSerializer.Deserialize<JsonElement>(System.Text.RegularExpressions.Regex.Match(page, @"var empresas = (\[.*?\])").Groups[1].Value);
        return list.EnumerateArray().First(company => company.GetProperty("t").GetString()!.Contains(text, StringComparison.Ordinal)).GetProperty("v").GetString()!;
    }

    private static Task<JsonElement> Find(Visitor visitor, JsonElement ticket, string company, string terms = "true") => visitor.PostJson("/api/boleto",
        [new("empresa", company), new("codigo", Visitor.Printed(ticket, "folio").ToLowerInvariant()), new("importe", Visitor.Printed(ticket, "total")), new("terminos", terms)]);

    private static string Says(JsonElement reply) => reply.GetProperty("mensaje").GetString()!;
}
