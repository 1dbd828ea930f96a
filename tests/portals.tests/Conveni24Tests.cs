using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Invoicing.Portals.Tests;

internal sealed partial class Conveni24Tests
{
    private const string Root = "/facturacionElectronica-web/views/layout";
    private const string Page = $"{Root}/inicio.do";

    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task Pieces_of_the_page_are_replaced_until_the_files_can_be_downloaded_once()
    {
        var ticket = await Town.Sell("conveni24");
        using var visitor = Town.Visit("P2");
        var form = Form(ticket, await visitor.Page(Page));
        Assert.That(await Press(visitor, form, "validar"), Does.Contain("El ticket ingresado es válido"));
        var receptor = await Press(visitor, form, "continuar");
        Assert.That(await Leave(visitor, form, "rfc"), Does.Contain("ESCUELA KEMPER URGATE SA DE CV"));
        form["form:regimen_input"] = Visitor.Option(receptor, "General de Ley");
        form["form:uso_input"] = Visitor.Option(receptor, "Gastos en general");
        var done = await Press(visitor, form, "generarFactura");
        using var xml = await visitor.Get($"{Root}/xml.do?id={Link().Match(done).Groups[1].Value}");
        Assert.That(xml.Content.Headers.ContentDisposition!.FileName, Is.EqualTo("descarga"));
        await Town.Verify(await xml.Content.ReadAsByteArrayAsync(), ticket);
        Assert.That(await Press(visitor, form, "generarFactura"), Does.Contain("ya fue facturado"));
        Assert.That(await Town.Emissions(ticket), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Values_of_another_view_choose_nothing_and_an_older_view_is_dead()
    {
        var ticket = await Town.Sell("conveni24");
        using var visitor = Town.Visit("P2");
        var form = Form(ticket, await visitor.Page(Page));
        await visitor.Page(Page);
        Assert.That(await Press(visitor, form, "validar"), Does.Contain("<redirect").And.Contain("inicio.do"));
        Assert.That(await visitor.Page(Page), Does.Contain("La vista ha expirado"));
    }

    [Test]
    public async Task Unknown_and_too_early_sound_alike_and_the_help_opens_again()
    {
        var early = await Town.Sell("conveni24", purchasedAt: await Town.Now());
        var known = await Town.Sell("conveni24");
        using var visitor = Town.Visit("P2");
        var page = await visitor.Page(Page);
        var first = await Press(visitor, Form(early, page), "validar");
        var unknown = Form(known, page);
        unknown["form:folio"] = "100000000";
        var second = await Press(visitor, unknown, "validar");
        Assert.That(first, Does.Contain("La validación del ticket no tuvo éxito").And.Contain("dlgInfoTicket"));
        Assert.That(second, Does.Contain("La validación del ticket no tuvo éxito").And.Not.Contain("dlgInfoTicket"));
        await Town.Later(TimeSpan.FromDays(20));
        Assert.That(await Press(visitor, Form(known, await visitor.Page(Page)), "validar"), Does.Contain("ha concluido"));
    }

    [Test]
    public async Task A_drifted_view_works_under_its_new_names_to_the_end()
    {
        await Town.Break("conveni24", "layout_drift", times: 1);
        var ticket = await Town.Sell("conveni24");
        using var visitor = Town.Visit("P2");
        var page = await visitor.Page(Page);
        Assert.That(page, Does.Contain("Número de ticket").And.Not.Contain("form:folio"));
        var form = Form(ticket, page).ToDictionary(field => $"form:{Engine.Pages.Drift.Id(field.Key.Replace("form:", "", StringComparison.Ordinal))}", field => field.Value);
        form["javax.faces.ViewState"] = State().Match(page).Groups[1].Value;
        var answer = await Press(visitor, form, Engine.Pages.Drift.Id("validar"));
        Assert.That(answer, Does.Contain("es válido").And.Contain("Siguiente").And.Not.Contain("form:folio"));
    }

    private static Dictionary<string, string> Form(JsonElement ticket, string page) => new()
    {
        ["form:fecha_input"] = Visitor.Printed(ticket, "fecha"),
        ["form:folio"] = Visitor.Printed(ticket, "folio"),
        ["form:venta"] = Visitor.Printed(ticket, "venta").ToLowerInvariant(),
        ["form:total"] = Visitor.Printed(ticket, "total"),
        ["form:rfc"] = "EKU9003173C9",
        ["form:razon"] = "ESCUELA KEMPER URGATE",
        ["form:codigo"] = "42501",
        ["form:correo"] = "facturas@kemper.test",
        ["javax.faces.ViewState"] = State().Match(page).Groups[1].Value,
    };

    private static Task<string> Press(Visitor visitor, Dictionary<string, string> form, string button) => Ajax(visitor, form, button, ($"form:{button}", $"form:{button}"));

    private static Task<string> Leave(Visitor visitor, Dictionary<string, string> form, string field) => Ajax(visitor, form, field, ("javax.faces.behavior.event", "blur"));

    /// <summary>The texts of a partial response, as the page's script puts them in.</summary>
    private static async Task<string> Ajax(Visitor visitor, Dictionary<string, string> form, string source, (string Key, string Value) extra)
    {
        var answer = await visitor.Post(Page, form.Append(KeyValuePair.Create("javax.faces.source", $"form:{source}")).Append(KeyValuePair.Create(extra.Key, extra.Value)));
        return answer.Contains("<changes>", StringComparison.Ordinal) ? XDocument.Parse(answer[answer.IndexOf('\n', StringComparison.Ordinal)..]).Root!.Value : answer;
    }

    [GeneratedRegex("name=\"javax.faces.ViewState\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex State();

    [GeneratedRegex("xml.do[?]id=([0-9a-f-]{36})")]
    private static partial Regex Link();
}
