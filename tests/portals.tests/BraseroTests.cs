namespace Invoicing.Portals.Tests;

internal sealed class BraseroTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task Ticket_then_receptor_then_the_files_by_their_id()
    {
        var ticket = await Town.Sell("el-brasero", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P26");
        Dictionary<string, string> form = new(Visitor.Kemper) { ["folio"] = "000", ["sucursal"] = Visitor.Printed(ticket, "sucursal"), ["fecha"] = Visitor.Printed(ticket, "fecha"), ["total"] = Visitor.Printed(ticket, "total") };
        Assert.That((await visitor.PostJson("/api/v1/tickets/validar", form)).GetProperty("mensaje").GetString(), Does.StartWith("No encontramos"));
        form["folio"] = Visitor.Printed(ticket, "folio");
        Assert.That((await visitor.PostJson("/api/v1/tickets/validar", form)).GetProperty("ok").GetBoolean(), Is.True);
        var id = (await visitor.PostJson("/api/v1/cfdi", form)).GetProperty("id").GetString();
        await Town.Verify(await visitor.Bytes($"/api/v1/cfdi/{id}/xml"), ticket);
        form["rfc"] = "IVD920810GU2";
        Assert.That((await visitor.PostJson("/api/v1/cfdi/buscar", form)).GetProperty("mensaje").GetString(), Does.Contain("otro RFC"));
    }
}
