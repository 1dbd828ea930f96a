namespace Invoicing.Portals.Tests;

internal sealed class LosArcosTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task Terms_are_to_be_accepted_and_the_files_come_by_links()
    {
        var ticket = await Town.Sell("los-arcos", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P23");
        Dictionary<string, string> form = new(Visitor.Kemper) { ["ticket"] = Visitor.Printed(ticket, "folio"), ["fecha"] = Visitor.Printed(ticket, "fecha"), ["total"] = Visitor.Printed(ticket, "total") };
        Assert.That((await visitor.PostJson("/autofactura/api/ticket", form)).GetProperty("ok").GetBoolean(), Is.True);
        Assert.That((await visitor.PostJson("/autofactura/api/factura", form)).GetProperty("mensaje").GetString(), Does.Contain("términos"));
        form["terminos"] = "1";
        var id = (await visitor.PostJson("/autofactura/api/factura", form)).GetProperty("id").GetString();
        await Town.Verify(await visitor.Bytes($"/autofactura/descarga/{id}/xml"), ticket);
        Assert.That((await visitor.PostJson("/autofactura/api/ticket", form)).GetProperty("mensaje").GetString(), Does.Contain("ya fue facturado"));
        form["rfc"] = "IVD920810GU2";
        Assert.That((await visitor.PostJson("/autofactura/api/consulta", form)).GetProperty("mensaje").GetString(), Does.Contain("RFC diferente"));
    }
}
