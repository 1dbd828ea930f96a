namespace Invoicing.Portals.Tests;

internal sealed class LaCeibaTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task The_word_is_asked_for_and_the_day_s_list_gives_the_archive()
    {
        var ticket = await Town.Sell("la-ceiba", purchasedAt: await Town.Now() - TimeSpan.FromHours(5), formaPago: "28");
        using var visitor = Town.Visit("P21");
        Dictionary<string, string> form = new(Visitor.Kemper)
        {
            ["nota"] = Visitor.Printed(ticket, "folio"), ["fecha"] = Visitor.Printed(ticket, "fecha"), ["total"] = Visitor.Printed(ticket, "total"), ["pago"] = "01",
            ["r1"] = "EKU", ["r2"] = "900317", ["r3"] = "3C9", ["palabra"] = "acepto",
        };
        Assert.That((await visitor.PostJson("/tramites/nota", form)).GetProperty("mensaje").GetString(), Does.Contain("de otra manera"));
        form["pago"] = "28";
        await visitor.PostJson("/tramites/nota", form);
        Assert.That((await visitor.PostJson("/tramites/peticion", form)).GetProperty("mensaje").GetString(), Does.Contain("ACEPTO"));
        form["palabra"] = "ACEPTO";
        Assert.That((await visitor.PostJson("/tramites/peticion", form)).GetProperty("ok").GetBoolean(), Is.True);
        await Town.Later(TimeSpan.FromSeconds(5));
        var listed = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(await visitor.Page("/tramites/hoy"))[0];
        Assert.That(listed.GetProperty("lista").GetBoolean(), Is.True);
        await Town.Verify(Files.Of(await visitor.Bytes($"/tramites/entrega/{listed.GetProperty("id").GetString()}"), ".xml"), ticket);
        form["rfc"] = "IVD920810GU2";
        Assert.That((await visitor.PostJson("/tramites/rescate", form)).GetProperty("mensaje").GetString(), Does.Contain("alguien más"));
    }
}
