using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class GasGoTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public Task Reset() => Town.Reset();

    [Test]
    public async Task Sending_says_nothing_and_the_invoice_appears_minutes_later()
    {
        var ticket = await Town.Sell("gas-go");
        using var visitor = Town.Visit("P8");
        await LogIn(visitor);
        await visitor.PostJson("/api/activar", [new("rfc", "EKU9003173C9")]);
        var row = await Add(visitor, ticket);
        var sent = await visitor.PostJson("/api/enviar", [new(row.GetProperty("campo").GetString()!, ticket.GetProperty("forma_pago").GetString()!)]);
        Assert.That((sent.GetProperty("mensaje").GetString(), sent.GetProperty("quedan").GetArrayLength()), Is.EqualTo(("", 0)));
        Assert.That((await visitor.PostJson("/api/facturas", [])).GetProperty("renglones").GetArrayLength(), Is.Zero);
        await Town.Later(TimeSpan.FromSeconds(301));
        var shown = (await visitor.PostJson("/api/facturas", [])).GetProperty("renglones").EnumerateArray().Single();
        await Town.Verify(await visitor.Bytes($"/api/archivo/{shown.GetProperty("id").GetGuid()}/xml"), ticket);
        Assert.That(Says(await Add(visitor, ticket)), Is.EqualTo("El ticket ya fue facturado"));
        Assert.That(await Town.Emissions(ticket), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Left_alone_the_row_says_cash_and_the_first_RFC_is_active()
    {
        var ticket = await Town.Sell("gas-go", formaPago: "04");
        using var visitor = Town.Visit("P8");
        await LogIn(visitor);
        var row = await Add(visitor, ticket);
        await visitor.PostJson("/api/enviar", [new(row.GetProperty("campo").GetString()!, "01")]);
        var emission = (await Town.Emissions(ticket)).Single();
        Assert.That((emission.GetProperty("forma_pago").GetString(), emission.GetProperty("receptor").GetProperty("rfc").GetString()), Is.EqualTo(("01", "XOJI740919U48")));
    }

    [Test]
    public async Task A_second_login_puts_the_first_out_and_three_wrong_passwords_lock()
    {
        using var first = Town.Visit("P8");
        using var second = Town.Visit("P8");
        await LogIn(first);
        await LogIn(second);
        Assert.That((await first.PostJson("/api/datos", [])).GetProperty("salir").GetBoolean(), Is.True);
        for (var i = 0; i < 3; i++) await LogIn(first, "equivocada");
        Assert.That(Says(await LogIn(first)), Does.Contain("bloqueada"));
    }

    [Test]
    public async Task Without_a_person_nobody_logs_in_and_rows_may_stay_without_a_word()
    {
        await Town.Break("gas-go", "row_rejected", times: 1);
        var ticket = await Town.Sell("gas-go");
        using var visitor = Town.Visit("P8");
        Assert.That(Says(await visitor.PostJson("/api/entrar", [new("correo", "flotilla@kemper.test"), new("contrasena", "Gasolina-2026")])), Is.EqualTo("Confirme que no es un robot"));
        Assert.That(Says(await Add(visitor, ticket)), Is.EqualTo("Inicie sesión"));
        await LogIn(visitor);
        var id = (await Add(visitor, ticket)).GetProperty("id").GetString();
        var sent = await visitor.PostJson("/api/enviar", []);
        Assert.That((Says(sent), sent.GetProperty("quedan").EnumerateArray().Single().GetString()), Is.EqualTo(("", id)));
        Assert.That(await Town.Emissions(ticket), Is.Empty);
        Assert.That(Says(await visitor.PostJson("/api/ticket", [new("estacion", "GG0040"), new("folio", "1234567"), new("monto", "10")])), Is.EqualTo("Estación no participa"));
    }

    private static async Task<JsonElement> LogIn(Visitor visitor, string password = "Gasolina-2026")
    {
        await visitor.PostJson("/api/reto", [new("respuesta", await Town.Answer(visitor, "/api/reto"))]);
        return await visitor.PostJson("/api/entrar", [new("correo", "flotilla@kemper.test"), new("contrasena", password)]);
    }

    private static Task<JsonElement> Add(Visitor visitor, JsonElement ticket) => visitor.PostJson("/api/ticket",
        [new("estacion", Visitor.Printed(ticket, "estacion")), new("folio", Visitor.Printed(ticket, "folio")), new("monto", Visitor.Printed(ticket, "total"))]);

    private static string Says(JsonElement reply) => reply.GetProperty("mensaje").GetString()!;
}
