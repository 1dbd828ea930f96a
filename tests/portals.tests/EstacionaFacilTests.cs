namespace Invoicing.Portals.Tests;

internal sealed class EstacionaFacilTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task A_receipt_is_added_the_refusal_is_in_own_words_and_the_invoice_comes_by_mail()
    {
        var ticket = await Town.Sell("estaciona-facil", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P37");
        Dictionary<string, string> receipt = new()
        {
            ["estacionamiento"] = Visitor.Printed(ticket, "sucursal"), ["recibo"] = Visitor.Printed(ticket, "folio").ToLowerInvariant(), ["salida"] = Visitor.Printed(ticket, "fecha"), ["monto"] = Visitor.Printed(ticket, "total"),
        };
        Dictionary<string, string> form = new(Visitor.Kemper) { ["persona"] = "fisica", ["privacidad"] = "1" };
        Assert.That((await visitor.PostJson("/api/v1/solicitudes", form)).GetProperty("mensaje").GetString(), Does.Contain("Agrega"));
        Assert.That((await visitor.PostJson("/api/v1/recibos", receipt)).GetProperty("ok").GetBoolean(), Is.True);
        Assert.That((await visitor.PostJson("/api/v1/solicitudes", form)).GetProperty("mensaje").GetString(), Does.Contain("tipo de persona"));
        (form["persona"], form["cp"]) = ("moral", "06000");
        Assert.That((await visitor.PostJson("/api/v1/solicitudes", form)).GetProperty("alerta").GetString(), Does.Contain("domicilio fiscal").And.Not.Contain("CFDI40"));
        form["cp"] = "42501";
        Assert.That((await visitor.PostJson("/api/v1/solicitudes", form)).GetProperty("ok").GetBoolean(), Is.True);
        await Town.Later(TimeSpan.FromMinutes(30));
        using var mail = await Town.Read((await Town.Mail()).Single().GetProperty("eml").GetString()!);
        await Town.Verify(await Files.Of(mail, ".xml"), ticket);
        receipt["rfc"] = "IVD920810GU2";
        Assert.That((await visitor.PostJson("/api/v1/reenvios", receipt)).GetProperty("alerta").GetString(), Does.Contain("otro RFC"));
    }
}
