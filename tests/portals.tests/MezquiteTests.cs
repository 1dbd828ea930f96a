using System.Text.Json;
using System.Text.RegularExpressions;

namespace Invoicing.Portals.Tests;

internal sealed partial class MezquiteTests
{
    private const string Page = "/generar_factura.aspx";

    private static Town Town => Everybody.Town;

    [SetUp]
    public Task Reset() => Town.Reset();

    [Test]
    public async Task The_invoice_is_made_on_the_page_and_its_files_come_by_mail()
    {
        var ticket = await Town.Sell("mezquite", formaPago: "01");
        using var visitor = Town.Visit("P5");
        var page = await visitor.Page(Page);
        page = await Press(visitor, page, await Form(visitor, ticket), "btnSerchTk");
        Assert.That(page, Does.Contain("Ticket validado correctamente"));
        page = await Press(visitor, page, await Form(visitor, ticket), "btnAddRfc");
        page = await Press(visitor, page, await Form(visitor, ticket), "btnGenFacUs");
        Assert.That(page, Does.Contain("generada. En breve la recibirá").And.Not.Contain(".xml"));
        var letter = (await Town.Mail()).Single();
        Assert.That(await Town.StatusOf(letter.GetProperty("eml").GetString()!), Is.EqualTo(System.Net.HttpStatusCode.NotFound));
        await Town.Later(TimeSpan.FromMinutes(13));
        using var mail = await Town.Read(letter.GetProperty("eml").GetString()!);
        await Town.Verify(await Files.Of(mail, ".xml"), ticket);
        Assert.That((await Town.Emissions(ticket)).Single().GetProperty("forma_pago").GetString(), Is.EqualTo("01"));
        Assert.That(await Press(visitor, page, await Form(visitor, ticket), "btnSerchTk"), Does.Contain("ya ha sido facturado"));
    }

    [Test]
    public async Task What_is_typed_before_Agregar_is_wiped()
    {
        var ticket = await Town.Sell("mezquite");
        using var visitor = Town.Visit("P5");
        var page = await Press(visitor, await visitor.Page(Page), await Form(visitor, ticket), "btnSerchTk");
        Assert.That(await Press(visitor, page, await Form(visitor, ticket), "btnGenFacUs"), Does.Contain("alert(").And.Not.Contain("ESCUELA KEMPER"));
        Assert.That(await Town.Emissions(ticket), Is.Empty);
    }

    [Test]
    public async Task A_station_typed_and_not_picked_is_no_station()
    {
        var ticket = await Town.Sell("mezquite", new { estacion = "E12430" });
        using var visitor = Town.Visit("P5");
        var form = await Form(visitor, ticket);
        form["rstation_ClientState"] = "";
        var page = await Press(visitor, await visitor.Page(Page), form, "btnSerchTk");
        Assert.That(page, Does.Contain("Ocurrió un error al procesar su solicitud"));
        form["rstation_ClientState"] = """{"value":"2"}""";
        Assert.That(await Press(visitor, page, form, "btnSerchTk"), Does.Contain("Folio no encontrado en la estación"));
    }

    private static async Task<Dictionary<string, string>> Form(Visitor visitor, JsonElement ticket)
    {
        var code = Visitor.Printed(ticket, "estacion");
        var station = JsonSerializer.Deserialize<JsonElement>(await visitor.Bytes($"/estaciones.ashx?texto={code}")).EnumerateArray().Single();
        return new()
        {
            ["rstation_Input"] = station.GetProperty("text").GetString()!,
            ["rstation_ClientState"] = station.GetRawText(),
            ["despacho"] = Visitor.Printed(ticket, "folio"),
            ["webId"] = Visitor.Printed(ticket, "web_id").ToLowerInvariant(),
            ["inputRfc2"] = "EKU9003173C9",
            ["inputRazon"] = "ESCUELA KEMPER URGATE",
            ["inputCorreo"] = "facturas@kemper.test",
            ["inputCp"] = "42501",
            ["cmbRegimen"] = "601",
            ["cmbUsos"] = "G03",
        };
    }

    private static Task<string> Press(Visitor visitor, string page, Dictionary<string, string> form, string button) => visitor.Post(Page,
        form.Append(KeyValuePair.Create("__VIEWSTATE", State().Match(page).Groups[1].Value)).Append(KeyValuePair.Create(button, "x")));

    [GeneratedRegex("name=\"__VIEWSTATE\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex State();
}
