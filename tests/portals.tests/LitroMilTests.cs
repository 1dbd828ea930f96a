using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Invoicing.Portals.Tests;

internal sealed partial class LitroMilTests
{
    private const string Page = "/litromil/facturar.aspx";

    private static Town Town => Everybody.Town;

    [SetUp]
    public Task Reset() => Town.Reset();

    [Test]
    public async Task Fiscal_data_count_only_after_Agregar_and_the_files_come_in_a_ZIP()
    {
        var ticket = await Town.Sell("litro-mil");
        using var visitor = Town.Visit("LitroMil");
        var form = Form(ticket, await visitor.Page(Page));
        Assert.That(await Press(visitor, form, "btnBuscar"), Does.Contain("Ticket validado correctamente"));
        Assert.That(await Press(visitor, form, "btnGenerar"), Does.Contain("Presione Agregar").And.Not.Contain("ESCUELA KEMPER"));
        Assert.That(await Press(visitor, form, "btnAgregar"), Does.Contain("R.F.C. agregado"));
        var done = await Press(visitor, form, "btnGenerar");
        using var zip = new ZipArchive(new MemoryStream(await visitor.Bytes(Link().Match(done).Value)));
        Assert.That(zip.Entries.Select(entry => Path.GetExtension(entry.Name)), Is.EquivalentTo(new[] { ".xml", ".pdf" }));
        Assert.That(await Town.Emissions(ticket), Has.Count.EqualTo(1));
        Assert.That((await Town.Truth("/_truth/requests?step=submit")).GetArrayLength(), Is.EqualTo(2));
        Assert.That(await Press(visitor, Form(ticket, await visitor.Page(Page)), "btnBuscar"), Does.Contain("ya ha sido facturado"));
    }

    [Test]
    public async Task A_folio_belongs_to_its_station()
    {
        var ticket = await Town.Sell("litro-mil", new { estacion = "E10500" });
        using var visitor = Town.Visit("LitroMil");
        var form = Form(ticket, await visitor.Page(Page));
        form["cmbGasolineras"] = Visitor.Option(await visitor.Page(Page), "VALLE NORTE II");
        Assert.That(await Press(visitor, form, "btnBuscar"), Does.Contain("Folio no encontrado en la estación"));
    }

    private static Dictionary<string, string> Form(System.Text.Json.JsonElement ticket, string page) => new()
    {
        ["cmbGasolineras"] = Visitor.Option(page, Visitor.Printed(ticket, "estacion")),
        ["txtDespacho"] = Visitor.Printed(ticket, "folio"),
        ["txtIdentificador"] = Visitor.Printed(ticket, "web_id"),
        ["txtRfc"] = "EKU9003173C9",
        ["txtRazon"] = "ESCUELA KEMPER URGATE",
        ["txtCp"] = "42501",
        ["txtCorreo"] = "facturas@kemper.test",
        ["cmbRegimen"] = Visitor.Option(page, "601 "),
        ["cmbUsos"] = Visitor.Option(page, "G03 "),
    };

    private static Task<string> Press(Visitor visitor, Dictionary<string, string> form, string button) =>
        visitor.Post(Page, form.Append(KeyValuePair.Create(button, "x")));

    [GeneratedRegex("/litromil/archivos.ashx[?]id=[0-9a-f-]{36}")]
    private static partial Regex Link();
}
