namespace Invoicing.Portals.Tests;

internal sealed class RutaSierraTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task The_payment_form_is_the_till_s_and_the_table_gives_the_file()
    {
        var ticket = await Town.Sell("ruta-sierra", purchasedAt: await Town.Now() - TimeSpan.FromHours(5), formaPago: "01");
        using var visitor = Town.Visit("P28");
        Dictionary<string, string> form = new(Visitor.Kemper)
        {
            ["boleto"] = Visitor.Printed(ticket, "folio"), ["asiento"] = Visitor.Printed(ticket, "asiento"), ["fecha"] = Visitor.Printed(ticket, "fecha"), ["pagado"] = Visitor.Printed(ticket, "total"), ["pago"] = "28",
        };
        Assert.That((await visitor.PostJson("/facturacion/faces/boleto.xhtml", form)).GetProperty("ok").GetBoolean(), Is.True);
        Assert.That((await visitor.PostJson("/facturacion/faces/emision.xhtml", form)).GetProperty("mensaje").GetString(), Does.Contain("difiere"));
        form["pago"] = "01";
        var id = (await visitor.PostJson("/facturacion/faces/emision.xhtml", form)).GetProperty("id").GetString();
        await Town.Verify(await visitor.Bytes($"/facturacion/faces/archivo?tipo=xml&id={id}"), ticket);
        form["rfc"] = "IVD920810GU2";
        Assert.That((await visitor.PostJson("/facturacion/faces/reimpresion.xhtml", form)).GetProperty("mensaje").GetString(), Does.Contain("otra razón social"));
    }
}
