using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class AltiplanoTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task Concepts_of_two_plazas_become_two_CFDI_each_in_its_ZIP()
    {
        var (first, second, third) = (await Sell("101 SAN LORENZO"), await Sell("101 SAN LORENZO"), await Sell("102 LA MESA"));
        using var visitor = Town.Visit("P7");
        foreach (var ticket in new[] { first, second, third }) Assert.That(Says(await Validate(visitor, ticket)), Is.EqualTo("Código agregado"));
        var done = await Invoice(visitor, first, second, third);
        var files = done.GetProperty("cfdis").EnumerateArray().ToList();
        Assert.That(files, Has.Count.EqualTo(2));
        var alone = files.Single(cfdi => cfdi.GetProperty("plaza").GetString() == "102 LA MESA").GetProperty("zip").GetString()!;
        await Town.Verify(Files.Of(await visitor.Bytes(alone), ".xml"), third);
        var together = (await Town.Emissions(first)).Single();
        Assert.That(together.GetProperty("total").GetDecimal(), Is.EqualTo(first.GetProperty("total").GetDecimal() + second.GetProperty("total").GetDecimal()));
        Assert.That((await Town.Emissions(second)).Single().GetProperty("uuid").GetString(), Is.EqualTo(together.GetProperty("uuid").GetString()));
        Assert.That(Says(await Validate(visitor, first)), Does.Contain("ya fue facturado"));
    }

    [Test]
    public async Task A_code_belongs_for_half_an_hour_to_the_session_that_asked_first()
    {
        var ticket = await Sell("101 SAN LORENZO");
        using var one = Town.Visit("P7");
        using var other = Town.Visit("P7");
        await Validate(one, ticket);
        Assert.That(Says(await Validate(other, ticket)), Is.EqualTo("El código ya se encuentra capturado"));
        await Town.Later(TimeSpan.FromMinutes(31));
        Assert.That(Says(await Validate(other, ticket)), Is.EqualTo("Código agregado"));
    }

    [Test]
    public async Task A_mistyped_code_is_invalid_and_nights_are_closed()
    {
        var ticket = await Sell("101 SAN LORENZO");
        using var visitor = Town.Visit("P7");
        var code = Visitor.Printed(ticket, "folio");
        var wrong = (code[0] == 'A' ? 'B' : 'A') + code[1..];
        Assert.That(Says(await visitor.PostJson("/Alt/api/validar", [new("codigo", wrong)])), Is.EqualTo("Código inválido"));
        await Town.Later(TimeSpan.FromHours(13));
        Assert.That(await visitor.Page("/Alt/facturacionrapida"), Does.Contain("Servicio fuera de línea"));
    }

    [Test]
    public async Task A_lost_answer_is_found_among_the_latest_invoices()
    {
        await Town.Break("altiplano", "lost_response", times: 1);
        var ticket = await Sell("103 EL PUERTO");
        using var visitor = Town.Visit("P7");
        await Validate(visitor, ticket);
        Assert.That(async () => await Invoice(visitor, ticket), Throws.InstanceOf<HttpRequestException>());
        using var later = Town.Visit("P7");
        var mine = await later.PostJson("/Alt/api/ultimas", [new("rfc", "EKU9003173C9"), new("codigo", Visitor.Printed(ticket, "folio"))]);
        var zip = mine.GetProperty("cfdis").EnumerateArray().Single().GetProperty("zip").GetString()!;
        await Town.Verify(Files.Of(await later.Bytes(zip), ".xml"), ticket);
    }

    private static Task<JsonElement> Sell(string plaza) => Town.Sell("altiplano", new { plaza });

    private static Task<JsonElement> Validate(Visitor visitor, JsonElement ticket)
    {
        var code = string.Join('-', Visitor.Printed(ticket, "folio").Chunk(4).Select(block => new string(block)));
        return visitor.PostJson("/Alt/api/validar", [new("codigo", code)]);
    }

    private static Task<JsonElement> Invoice(Visitor visitor, params JsonElement[] tickets) => visitor.PostJson("/Alt/api/facturar",
        Visitor.Kemper.Append(new("codigos", string.Join(',', tickets.Select(ticket => Visitor.Printed(ticket, "folio"))))));

    private static string Says(JsonElement reply) => reply.GetProperty("mensaje").GetString()!;
}
