namespace Invoicing.Portals.Tests;

internal sealed class AuroraTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task Payment_form_and_both_RFC_must_match_before_anything_is_stamped()
    {
        var ticket = await Town.Sell("aurora", purchasedAt: await Town.Now() - TimeSpan.FromHours(5), formaPago: "04");
        using var visitor = Town.Visit("P17");
        var (bought, kemper) = (Visitor.Printed(ticket, "fecha").Split('/'), Visitor.Kemper);
        Dictionary<string, string> form = new()
        {
            ["OrderNo"] = Visitor.Printed(ticket, "folio"), ["ServiceDate"] = $"{bought[2]}-{bought[1]}-{bought[0]}", ["Amount"] = Visitor.Printed(ticket, "total"), ["PersonType"] = "M",
            ["TaxId"] = kemper["rfc"], ["TaxId2"] = kemper["rfc"], ["Company"] = kemper["nombre"], ["ZipCode"] = kemper["cp"], ["TaxRegime"] = "601", ["CfdiUse"] = "G03", ["PaymentForm"] = "01",
            ["Email"] = kemper["correo"], ["Email2"] = kemper["correo"],
        };
        Assert.That((await visitor.PostJson("/Billing/Verify", form)).GetProperty("ok").GetBoolean(), Is.True);
        Assert.That(await visitor.Post("/Billing/Index", form), Does.Contain("forma de pago no coincide"));
        form["PaymentForm"] = "04";
        form["TaxId2"] = "IVD920810GU2";
        Assert.That(await visitor.Post("/Billing/Index", form), Does.Contain("Los RFC no son iguales"));
        Assert.That(await Town.Emissions(ticket), Is.Empty);
        form["TaxId2"] = kemper["rfc"];
        var done = await visitor.Post("/Billing/Index", form);
        var id = System.Text.RegularExpressions.Regex.Match(done, "Xml\\?id=([0-9a-f-]{36})").Groups[1].Value;
        await Town.Verify(await visitor.Bytes($"/Billing/Xml?id={id}"), ticket);
        Assert.That(await visitor.Post("/Billing/Reprint", form), Does.Contain(id));
        form["TaxId"] = "IVD920810GU2";
        Assert.That(await visitor.Post("/Billing/Reprint", form), Does.Contain("no corresponde al RFC"));
    }
}
