using System.Text.Json;
using System.Text.RegularExpressions;

namespace Invoicing.Portals.Tests;

internal sealed partial class MercaNorteTests
{
    private const string Container = "ctl00$ContentPlaceHolder1$";

    private static Town Town => Everybody.Town;

    [SetUp]
    public Task Reset() => Town.Reset();

    [Test]
    public async Task The_wizard_ends_with_a_PDF_on_the_page_and_the_XML_in_the_mail()
    {
        var ticket = await Town.Sell("mercanorte");
        using var visitor = Town.Visit("P1");
        var page = await Report(visitor, ticket, "ESCUELA KEMPER URGATE", Visitor.Printed(ticket, "tr"));
        var done = await Post(visitor, "/frmReporte.aspx", page, ("entrega", "rdPdf"), ("btnFacturar", "Facturar"));
        Assert.That(done, Does.Contain("<iframe src=\"/frmReportPDF.aspx?id=").And.Not.Contain(".xml"));
        Assert.That(await visitor.Bytes(Frame().Match(done).Groups[1].Value), Is.Not.Empty);
        await Town.Later(TimeSpan.FromMinutes(21));
        using var mail = await Town.Read((await Town.Mail()).Single().GetProperty("eml").GetString()!);
        await Town.Verify(await Files.Of(mail, ".xml"), ticket);
        var again = await Post(visitor, "/frmDatos.aspx", await visitor.Page("/frmDatos.aspx"), Datos(ticket, Visitor.Printed(ticket, "tr"), "radFacturar"));
        Assert.That(again, Does.Contain("ya ha sido facturado"));
        Assert.That(await Post(visitor, "/frmDatos.aspx", again, Datos(ticket, "", "radConsultar")), Does.Contain("/frmReportPDF.aspx?id="));
        Assert.That(await Town.Emissions(ticket), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Changing_the_name_posts_back_and_clears_the_mail()
    {
        var ticket = await Town.Sell("mercanorte");
        using var visitor = Town.Visit("P1");
        var page = await Edit(visitor, ticket, Visitor.Printed(ticket, "tr"));
        page = await Post(visitor, "/frmRFCEdita.aspx", page, ("__EVENTTARGET", $"{Container}txtRazon"), ("txtRazon", "OTRO NOMBRE"), ("txtEmail", "facturas@kemper.test"));
        Assert.That(page, Does.Contain("OTRO NOMBRE").And.Not.Contain("facturas@kemper.test"));
    }

    [Test]
    public async Task A_page_left_behind_ends_the_session_and_the_operation_number_is_no_TR()
    {
        var ticket = await Town.Sell("mercanorte");
        using var visitor = Town.Visit("P1");
        var old = await visitor.Page("/frmDatos.aspx");
        var page = await visitor.Page("/frmDatos.aspx");
        Assert.That(await Post(visitor, "/frmDatos.aspx", old, Datos(ticket, Visitor.Printed(ticket, "tr"), "radFacturar")), Does.Contain("La sesión ha expirado"));
        page = await visitor.Page("/frmDatos.aspx");
        Assert.That(await Post(visitor, "/frmDatos.aspx", page, Datos(ticket, "00000", "radFacturar")), Does.Contain("La transacción no se encuentra"));
    }

    [Test]
    public async Task Asking_too_early_closes_the_transaction_for_a_day_from_the_last_try()
    {
        var ticket = await Town.Sell("mercanorte", purchasedAt: await Town.Now());
        using var visitor = Town.Visit("P1");
        async Task<string> Try() => await Post(visitor, "/frmDatos.aspx", await visitor.Page("/frmDatos.aspx"), Datos(ticket, Visitor.Printed(ticket, "tr"), "radFacturar"));
        Assert.That(await Try(), Does.Contain("intente después de 24 horas"));
        await Town.Later(TimeSpan.FromHours(20));
        Assert.That(await Try(), Does.Contain("intente después de 24 horas"));
        await Town.Later(TimeSpan.FromHours(20));
        Assert.That(await Try(), Does.Contain("intente después de 24 horas"));
        await Town.Later(TimeSpan.FromHours(25));
        Assert.That(await Try(), Does.Contain("Seleccione su RFC").Or.Contain("Régimen Fiscal"));
    }

    [Test]
    public async Task SAT_refuses_on_the_last_page_and_a_lost_answer_leaves_an_invoice()
    {
        var ticket = await Town.Sell("mercanorte");
        using var visitor = Town.Visit("P1");
        var page = await Report(visitor, ticket, "ESCUELA KEMPER URGATE SA DE CV", Visitor.Printed(ticket, "tr"));
        Assert.That(await Post(visitor, "/frmReporte.aspx", page, ("entrega", "rdPdf"), ("btnFacturar", "x")), Does.Contain("CFDI40145"));
        Assert.That(await Town.Emissions(ticket), Is.Empty);
        await Town.Break("mercanorte", "lost_response", times: 1);
        page = await Report(visitor, ticket, "ESCUELA KEMPER URGATE", Visitor.Printed(ticket, "tr"));
        Assert.That(async () => await Post(visitor, "/frmReporte.aspx", page, ("entrega", "rdPdf"), ("btnFacturar", "x")), Throws.InstanceOf<HttpRequestException>());
        Assert.That(await Town.Emissions(ticket), Has.Count.EqualTo(1));
    }

    private static async Task<string> Edit(Visitor visitor, JsonElement ticket, string tr)
    {
        var page = await Post(visitor, "/frmDatos.aspx", await visitor.Page("/frmDatos.aspx"), Datos(ticket, tr, "radFacturar"));
        return page.Contains("Seleccione su RFC", StringComparison.Ordinal) ? await Post(visitor, "/frmRFCLista.aspx", page, ("btnAgregarRFC", "x")) : page;
    }

    private static async Task<string> Report(Visitor visitor, JsonElement ticket, string name, string tr)
    {
        (string, string)[] typed = [("txtRazon", name), ("txtEmail", "facturas@kemper.test"), ("txtCodigoPostal", "42501"), ("ddlregimenFiscal", "601")];
        var page = await Post(visitor, "/frmRFCEdita.aspx", await Edit(visitor, ticket, tr), [.. typed, ("__EVENTTARGET", $"{Container}ddlregimenFiscal")]);
        Assert.That(page, Does.Contain("Gastos en general"));
        page = await Post(visitor, "/frmRFCEdita.aspx", page, [.. typed, ("ddlusoCFDI", "G03"), ("btnSi", "Sí")]);
        return await Post(visitor, "/frmPago.aspx", page, ("ddlPaymentType", ticket.GetProperty("forma_pago").GetString()!), ("btnPago", "x"));
    }

    private static (string, string)[] Datos(JsonElement ticket, string tr, string what) =>
        [("txtMemRFC", "EKU9003173C9"), ("txtCP", "42501"), ("txtTC", Visitor.Printed(ticket, "folio")), ("txtTR", tr), ("accion", what), ("btnAceptar", "Continuar")];

    private static Task<string> Post(Visitor visitor, string path, string page, params (string Name, string Value)[] fields) => visitor.Post(path,
        fields.Select(field => KeyValuePair.Create(field.Name.StartsWith("__", StringComparison.Ordinal) ? field.Name : Container + field.Name, field.Value))
            .Concat(Hidden().Matches(page).Select(hidden => KeyValuePair.Create(hidden.Groups[1].Value, hidden.Groups[2].Value))));

    [GeneratedRegex("name=\"(__VIEWSTATE|__EVENTVALIDATION)\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("iframe src=\"([^\"]+)\"")]
    private static partial Regex Frame();
}
