using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class LaVioletaTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task The_captcha_opens_the_next_tab_and_the_grid_gives_an_archive()
    {
        var ticket = await Town.Sell("la-violeta", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P36");
        Dictionary<string, string> form = new()
        {
            ["ctl00$Cuerpo$cmbSucursal"] = Visitor.Printed(ticket, "sucursal"), ["ctl00$Cuerpo$txtCaja"] = Visitor.Printed(ticket, "caja"), ["ctl00$Cuerpo$txtReferencia"] = Visitor.Printed(ticket, "folio"), ["ctl00$Cuerpo$spnTotal"] = $"${Visitor.Printed(ticket, "total")}",
            ["ctl00$Cuerpo$Captcha_TB"] = "?", ["txtRfc"] = "EKU9003173C9", ["txtRazonSocial"] = "ESCUELA KEMPER URGATE", ["txtCodigoPostal"] = "42501", ["cmbRegimen"] = "601", ["cmbUso"] = "G03", ["txtEmail"] = "facturas@kemper.test",
        };
        await Town.Answer(visitor, "/Facturacion/DXB.axd");
        Assert.That(Said(await visitor.Post("/Facturacion/Default.aspx", [.. form, new("btnValidar", "1")])), Does.Contain("código enviado es incorrecto"));
        form["ctl00$Cuerpo$Captcha_TB"] = await Town.Answer(visitor, "/Facturacion/DXB.axd");
        Assert.That(Said(await visitor.Post("/Facturacion/Default.aspx", [.. form, new("btnValidar", "1")])), Is.Empty);
        var row = await visitor.Post("/Facturacion/Default.aspx", [.. form, new("btnGenerar", "1")]);
        await Town.Verify(Files.Of(await visitor.Bytes($"/Facturacion/Descarga.ashx?id={Inside(row).GetProperty("id").GetString()}"), ".xml"), ticket);
        form["txtRfc"] = "IVD920810GU2";
        Assert.That(Said(await visitor.Post("/Facturacion/Consulta.aspx", form)), Does.Contain("no corresponde al receptor"));
    }

    private static string Said(string answer) => Inside(answer).GetProperty("mensaje").GetString()!;

    private static JsonElement Inside(string answer)
    {
        Assert.That(answer, Does.StartWith("0|/*DX*/("));
        return JsonSerializer.Deserialize<JsonElement>(answer["0|/*DX*/(".Length..^1]);
    }
}
