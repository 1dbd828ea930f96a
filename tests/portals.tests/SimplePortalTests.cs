using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Invoicing.Fiscal;
using UglyToad.PdfPig;

namespace Invoicing.Portals.Tests;

internal sealed partial class SimplePortalTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public Task Reset() => Town.Reset();

    [Test]
    public async Task A_ticket_becomes_a_CFDI_that_the_product_verifies()
    {
        var ticket = await Town.Sell("simple", total: 1234.56m);
        using var visitor = Town.Visit("Simple");
        var id = Link().Match(await visitor.Invoice(ticket)).Groups[1].Value;
        var xml = await visitor.Bytes($"/descargas/{id}/xml");
        using var pac = X509Certificate2.CreateFromPem(await Town.Text("/_control/pac-certificate"));
        var pacs = new Dictionary<string, X509Certificate2> { [SatCertificate.Serial(pac)!] = pac };
        var verified = CfdiVerifier.Verify(Cfdi.Parse(xml), TimeProvider.System.GetUtcNow(), pacs, new()
        {
            ReceptorRfc = "EKU9003173C9", ReceptorCodigoPostal = "42501", ReceptorRegimen = "601", UsoCfdi = "G03", Total = 1234.56m,
        });
        Assert.That(verified.Checks.Where(check => check.Status != CheckStatus.Valid), Is.Empty);
        Assert.That(verified.Uuid, Is.EqualTo(id).IgnoreCase);
        using var pdf = PdfDocument.Open(await visitor.Bytes($"/descargas/{id}/pdf"));
        Assert.That(pdf.GetPage(1).Text, Does.Contain(id.ToUpperInvariant()).And.Contain("1234.56"));
    }

    [Test]
    public async Task A_ticket_is_invoiced_once_whoever_asks_and_however_often()
    {
        var ticket = await Town.Sell("simple");
        var clicks = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var visitor = Town.Visit("Simple");
            return await visitor.Invoice(ticket);
        }));
        Assert.That(await Town.Emissions(ticket), Has.Count.EqualTo(1));
        Assert.That(clicks.Count(page => page.Contains("ya fue facturado", StringComparison.Ordinal)), Is.EqualTo(7));
    }

    [Test]
    public async Task The_worst_portals_emit_twice()
    {
        await Town.Break("simple", "double_submit");
        var ticket = await Town.Sell("simple");
        using var visitor = Town.Visit("Simple");
        await visitor.Invoice(ticket);
        await visitor.Invoice(ticket);
        Assert.That(await Town.Emissions(ticket), Has.Count.EqualTo(2));
    }

    [TestCase("nombre", "ESCUELA KEMPER URGATE SA DE CV", "CFDI40145")]
    [TestCase("cp", "06000", "CFDI40148")]
    [TestCase("regimen", "612", "CFDI40158")]
    [TestCase("regimen", "626", "CFDI40157")]
    [TestCase("uso", "D01", "CFDI40161")]
    [TestCase("rfc", "GODE561231GR8", "CFDI40143")]
    public async Task What_SAT_does_not_know_is_refused(string field, string value, string code)
    {
        var ticket = await Town.Sell("simple");
        using var visitor = Town.Visit("Simple");
        Assert.That(await visitor.Invoice(ticket, (field, value)), Does.Contain(code));
        Assert.That(await Town.Emissions(ticket), Is.Empty);
    }

    [Test]
    public async Task A_lost_answer_leaves_a_CFDI_that_its_owner_can_recover()
    {
        await Town.Break("simple", "lost_response", times: 1);
        var ticket = await Town.Sell("simple");
        using var visitor = Town.Visit("Simple");
        Assert.That(async () => await visitor.Invoice(ticket), Throws.InstanceOf<HttpRequestException>());
        var emission = (await Town.Emissions(ticket)).Single();
        using var later = Town.Visit("Simple");
        var mine = await later.Post("/consulta", new Dictionary<string, string> { ["folio"] = Visitor.Printed(ticket, "folio"), ["rfc"] = "EKU9003173C9" });
        Assert.That(mine, Does.Contain(emission.GetProperty("uuid").GetString()));
        var others = await later.Post("/consulta", new Dictionary<string, string> { ["folio"] = Visitor.Printed(ticket, "folio"), ["rfc"] = "URE180429TM6" });
        Assert.That(others, Does.Contain("facturado a otro RFC").And.Not.Contain("/descargas/"));
    }

    [Test]
    public async Task The_window_closes_with_a_date()
    {
        var ticket = await Town.Sell("simple");
        await Town.Clock(TimeSpan.FromDays(31));
        using var visitor = Town.Visit("Simple");
        Assert.That(await visitor.Invoice(ticket), Does.Match(@"venció el \d\d/\d\d/\d{4}"));
        Assert.That(await visitor.Invoice(ticket, ("total", "0.01")), Does.Contain("no existe"));
    }

    [GeneratedRegex("/descargas/([0-9a-f-]{36})/xml")]
    private static partial Regex Link();
}
