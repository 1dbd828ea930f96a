using System.Globalization;
using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class LaEscolleraTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task Who_was_invoiced_before_is_shown_what_is_on_file()
    {
        using var visitor = Town.Visit("P35");
        var first = await Bill();
        Assert.That(await Press(visitor, "buscarCuenta", first.Form), Does.Contain("Tu RFC"));
        Assert.That(await Press(visitor, "buscarCliente", first.Form), Does.Contain("Constancia de Situación Fiscal"));
        var files = await Press(visitor, "facturar", first.Form);
        await Town.Verify(await visitor.Bytes(System.Text.RegularExpressions.Regex.Match(files, "/factura/[^\"]+xml").Value), first.Ticket);
        var second = await Bill();
        await Press(visitor, "buscarCuenta", second.Form);
        Assert.That(await Press(visitor, "buscarCliente", second.Form), Does.Contain("datos de tu última factura").And.Contain("42501"));
        files = await Press(visitor, "usarGuardados", second.Form);
        await Town.Verify(await visitor.Bytes(System.Text.RegularExpressions.Regex.Match(files, "/factura/[^\"]+xml").Value), second.Ticket);
        second.Form["rfc"] = "IVD920810GU2";
        Assert.That(await Press(visitor, "recuperar", second.Form), Does.Contain("RFC distinto"));
    }

    private static async Task<(JsonElement Ticket, Dictionary<string, string> Form)> Bill()
    {
        var ticket = await Town.Sell("la-escollera", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        var day = DateTime.ParseExact(Visitor.Printed(ticket, "fecha"), "dd/MM/yyyy", CultureInfo.InvariantCulture);
        return (ticket, new(Visitor.Kemper)
        {
            ["restaurante"] = Visitor.Printed(ticket, "sucursal"), ["cuenta"] = Visitor.Printed(ticket, "folio"), ["total"] = Visitor.Printed(ticket, "total"), ["consumo"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        });
    }

    private static async Task<string> Press(Visitor visitor, string action, Dictionary<string, string> form) =>
        (await visitor.PostJson("/livewire/update", [.. form, new(action, "1")])).GetProperty("html").GetString()!;
}
