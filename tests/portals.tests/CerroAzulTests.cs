namespace Invoicing.Portals.Tests;

internal sealed class CerroAzulTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task Loads_are_listed_once_and_invoiced_together_into_one_archive()
    {
        var ticket = await Town.Sell("cerro-azul", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P30");
        Assert.That(await visitor.Page("/facturar"), Does.Contain("Referencia").And.Contain("601 - General"));
        Dictionary<string, string> form = new(Visitor.Kemper) { ["referencia"] = Visitor.Printed(ticket, "folio"), ["importe"] = "0.01", ["correo2"] = "otro@kemper.test" };
        Assert.That((await visitor.PostJson("/_circuito/agregar", form)).GetProperty("mensaje").GetString(), Does.StartWith("No se encontró"));
        form["importe"] = Visitor.Printed(ticket, "total");
        Assert.That((await visitor.PostJson("/_circuito/agregar", form)).GetProperty("fila").GetArrayLength(), Is.EqualTo(5));
        Assert.That((await visitor.PostJson("/_circuito/agregar", form)).GetProperty("mensaje").GetString(), Does.Contain("ya se encuentra"));
        Assert.That((await visitor.PostJson("/_circuito/facturar", form)).GetProperty("mensaje").GetString(), Does.Contain("no coinciden"));
        form["correo2"] = form["correo"];
        var id = (await visitor.PostJson("/_circuito/facturar", form)).GetProperty("id").GetString();
        await Town.Verify(Files.Of(await visitor.Bytes($"/_circuito/archivo/{id}"), ".xml"), ticket);
        Assert.That((await visitor.PostJson("/_circuito/agregar", form)).GetProperty("mensaje").GetString(), Is.EqualTo("El consumo ya fue facturado"));
        form["rfc"] = "IVD920810GU2";
        Assert.That((await visitor.PostJson("/_circuito/recuperar", form)).GetProperty("mensaje").GetString(), Does.Contain("RFC distinto"));
    }
}
