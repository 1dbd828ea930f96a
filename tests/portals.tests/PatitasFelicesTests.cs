namespace Invoicing.Portals.Tests;

internal sealed class PatitasFelicesTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task The_notice_is_to_be_accepted_and_the_archive_comes_by_mail()
    {
        var ticket = await Town.Sell("patitas-felices", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P29");
        Dictionary<string, string> form = new(Visitor.Kemper) { ["clinica"] = Visitor.Printed(ticket, "sucursal"), ["recibo"] = Visitor.Printed(ticket, "folio"), ["seguridad"] = Visitor.Printed(ticket, "codigo_facturacion").ToLowerInvariant() };
        Assert.That((await visitor.PostJson("/backend/recibo", form)).GetProperty("ok").GetBoolean(), Is.True);
        Assert.That((await visitor.PostJson("/backend/factura", form)).GetProperty("mensaje").GetString(), Does.Contain("privacidad"));
        form["acepto"] = "1";
        Assert.That((await visitor.PostJson("/backend/factura", form)).GetProperty("ok").GetBoolean(), Is.True);
        await Town.Later(TimeSpan.FromMinutes(30));
        using var mail = await Town.Read((await Town.Mail()).Single().GetProperty("eml").GetString()!);
        await Town.Verify(Files.Of(await Files.Of(mail, ".zip"), ".xml"), ticket);
        form["rfc"] = "IVD920810GU2";
        Assert.That((await visitor.PostJson("/backend/reenvio", form)).GetProperty("mensaje").GetString(), Does.Contain("otro RFC"));
    }
}
