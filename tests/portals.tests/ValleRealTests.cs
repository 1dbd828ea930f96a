namespace Invoicing.Portals.Tests;

internal sealed class ValleRealTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task The_image_is_judged_and_the_rows_give_the_file()
    {
        var ticket = await Town.Sell("valle-real", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P25");
        Dictionary<string, string> form = new()
        {
            ["vESTACION"] = Visitor.Printed(ticket, "estacion"), ["vTRANSACCION"] = Visitor.Printed(ticket, "folio"), ["vWEBID"] = Visitor.Printed(ticket, "web_id").ToLowerInvariant(), ["vIMPORTE"] = Visitor.Printed(ticket, "total"), ["cfield"] = "?",
            ["vCLIRFC"] = "EKU9003173C9", ["vCLINOM"] = "ESCUELA KEMPER URGATE", ["vCLICP"] = "42501", ["vCLIREG"] = "601", ["vCLIUSO"] = "G03", ["vCLIMAIL"] = "facturas@kemper.test",
        };
        await Town.Answer(visitor, "/facturacion/servlet/captcha");
        Assert.That(await visitor.Post("/facturacion/servlet/wpfacturar", form), Does.Contain("no es correcto"));
        form["cfield"] = await Town.Answer(visitor, "/facturacion/servlet/captcha");
        Assert.That(await visitor.Post("/facturacion/servlet/wpfacturar", form), Does.Contain("Datos del Cliente"));
        var rows = await visitor.Post("/facturacion/servlet/wpcliente", form);
        await Town.Verify(await visitor.Bytes(System.Text.RegularExpressions.Regex.Match(rows, "/facturacion/servlet/axml[^']+").Value), ticket);
        form["vCLIRFC"] = "IVD920810GU2";
        Assert.That(await visitor.Post("/facturacion/servlet/wpconsulta", form), Does.Contain("No hay facturas"));
    }
}
