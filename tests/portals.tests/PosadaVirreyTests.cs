namespace Invoicing.Portals.Tests;

internal sealed class PosadaVirreyTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task A_stay_is_audited_for_a_day_and_the_data_are_to_be_vouched_for()
    {
        var ticket = await Town.Sell("posada-virrey", purchasedAt: await Town.Now() - TimeSpan.FromHours(20));
        using var visitor = Town.Visit("P38");
        Dictionary<string, string> form = new(Visitor.Kemper)
        {
            ["hotel"] = Visitor.Printed(ticket, "sucursal"), ["confirmacion"] = Visitor.Printed(ticket, "folio"), ["salida"] = Visitor.Printed(ticket, "fecha"), ["total"] = Visitor.Printed(ticket, "total"),
        };
        Assert.That((await visitor.PostJson("/_circuito/estancia", form)).GetProperty("mensaje").GetString(), Does.Contain("auditoría"));
        await Town.Later(TimeSpan.FromHours(5));
        Assert.That((await visitor.PostJson("/_circuito/estancia", form)).GetProperty("ok").GetBoolean(), Is.True);
        Assert.That((await visitor.PostJson("/_circuito/emision", form)).GetProperty("mensaje").GetString(), Does.Contain("confirmar"));
        form["confirmo"] = "1";
        var invoice = await visitor.PostJson("/_circuito/emision", form);
        await Town.Verify(await visitor.Bytes($"/facturacion/archivo/{invoice.GetProperty("id").GetString()}/cfdi"), ticket);
        form["rfc"] = "IVD920810GU2";
        Assert.That((await visitor.PostJson("/_circuito/duplicado", form)).GetProperty("mensaje").GetString(), Does.Contain("otro contribuyente"));
    }
}
