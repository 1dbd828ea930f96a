using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class GalaxiaTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task The_cinema_counts_and_the_box_must_be_ticked()
    {
        var ticket = await Town.Sell("galaxia", new { sucursal = "Morelia Centro" }, await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P18");
        var (code, day) = (Visitor.Printed(ticket, "folio"), Visitor.Printed(ticket, "fecha").Split('/'));
        Dictionary<string, string> form = new(Visitor.Kemper)
        {
            ["codigo"] = code, ["complejo"] = "Morelia Paseo", ["dia"] = day[0].TrimStart('0'), ["mes"] = day[1].TrimStart('0'), ["anio"] = day[2], ["importe"] = Visitor.Printed(ticket, "total"),
            ["regimen"] = "601 – General", ["uso"] = "G03 – Gastos", ["revisado"] = "false",
        };
        Assert.That(Says(await visitor.PostJson("/v1/compra", form)), Does.Contain("datos incorrectos"));
        form["complejo"] = "Morelia Centro";
        Assert.That((await visitor.PostJson("/v1/compra", form)).GetProperty("ok").GetBoolean(), Is.True);
        Assert.That(Says(await visitor.PostJson("/v1/cfdi", form)), Does.Contain("revisaste"));
        form["revisado"] = "true";
        await Town.Verify((await visitor.PostJson("/v1/cfdi", form)).GetProperty("xml").GetBytesFromBase64(), ticket);
        Assert.That((await visitor.PostJson("/v1/comprobantes", form)).GetProperty("ok").GetBoolean(), Is.True);
        form["rfc"] = "IVD920810GU2";
        Assert.That(Says(await visitor.PostJson("/v1/comprobantes", form)), Does.Contain("otro RFC"));
    }

    private static string Says(JsonElement reply) => reply.GetProperty("mensaje").GetString()!;
}
