namespace Invoicing.Portals.Tests;

internal sealed class ViaBajioTests
{
    private const string Page = "/Portal/Inicio.aspx";

    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task Who_enters_saves_data_adds_a_crossing_and_finds_the_invoice_in_the_grid()
    {
        var ticket = await Town.Sell("via-bajio", purchasedAt: await Town.Now() - TimeSpan.FromHours(10), formaPago: "28");
        using var visitor = Town.Visit("P33");
        var form = Crossing(ticket);
        Assert.That((await visitor.PostJson($"{Page}/AgregarCruce", form)).GetProperty("ir").GetString(), Is.EqualTo("/Portal/Acceso.aspx"));
        Assert.That(await Enter(visitor, "EKU9003173C9"), Does.Contain("completo = false"));
        Assert.That((await visitor.PostJson($"{Page}/GuardarDatos", form)).GetProperty("ok").GetBoolean(), Is.True);
        Assert.That((await visitor.PostJson($"{Page}/AgregarCruce", form)).GetProperty("cruces").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await visitor.PostJson($"{Page}/GenerarFactura", form)).GetProperty("mensaje").GetString(), Does.Contain("se generó correctamente"));
        var row = (await visitor.PostJson($"{Page}/MisFacturas", form)).GetProperty("facturas")[0];
        await Town.Verify(await visitor.Bytes($"/Portal/Archivo.aspx?tipo=XML&id={row.GetProperty("id").GetString()}"), ticket);
        Assert.That((await Town.Emissions(ticket))[0].GetProperty("forma_pago").GetString(), Is.EqualTo("28"));
        Assert.That((await visitor.PostJson($"{Page}/AgregarCruce", form)).GetProperty("mensaje").GetString(), Does.Contain("a su RFC"));
        Assert.That(await Enter(visitor, "EKU9003173C9"), Does.Contain("completo = true").And.Contain("ESCUELA KEMPER URGATE"));
        await Enter(visitor, "IVD920810GU2");
        await visitor.PostJson($"{Page}/GuardarDatos", form);
        Assert.That((await visitor.PostJson($"{Page}/AgregarCruce", form)).GetProperty("mensaje").GetString(), Does.Contain("otro contribuyente"));
    }

    private static async Task<string> Enter(Visitor visitor, string rfc)
    {
        Dictionary<string, string> form = new() { ["ctl00$Contenido$txtRfc"] = rfc, ["ctl00$Contenido$txtCorreo"] = "facturas@kemper.test", ["captcha"] = await Town.Answer(visitor, "/Portal/DXCaptcha.axd") };
        return await visitor.Post("/Portal/Acceso.aspx", form);
    }

    private static Dictionary<string, string> Crossing(System.Text.Json.JsonElement ticket) => new()
    {
        ["cmbCaseta"] = Visitor.Printed(ticket, "caseta"), ["txtCarril"] = Visitor.Printed(ticket, "carril"), ["txtFolio"] = Visitor.Printed(ticket, "folio"), ["deFecha"] = Visitor.Printed(ticket, "fecha"), ["txtImporte"] = Visitor.Printed(ticket, "total"),
        ["txtNombre"] = "ESCUELA KEMPER URGATE", ["txtCp"] = "42501", ["cmbRegimen"] = "601", ["cmbUso"] = "G03", ["cmbPago"] = "28",
    };
}
