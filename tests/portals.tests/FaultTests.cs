using System.Net;

namespace Invoicing.Portals.Tests;

internal sealed class FaultTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public Task Reset() => Town.Reset();

    [TestCase("502", HttpStatusCode.BadGateway, "Bad Gateway")]
    [TestCase("maintenance", HttpStatusCode.OK, "mantenimiento")]
    [TestCase("rate_limit", HttpStatusCode.TooManyRequests, "demasiadas consultas")]
    [TestCase("blocked", HttpStatusCode.Forbidden, "bloqueada")]
    public async Task A_fault_at_the_gate_strikes_as_often_as_it_was_told(string kind, HttpStatusCode status, string words)
    {
        await Town.Break("simple", kind, times: 1);
        using var visitor = Town.Visit("Simple");
        using var struck = await visitor.Get("/");
        Assert.That(struck.StatusCode, Is.EqualTo(status));
        Assert.That(await struck.Content.ReadAsStringAsync(), Does.Contain(words));
        Assert.That(await visitor.Page("/"), Does.Contain("Genere su factura"));
    }

    [Test]
    public async Task A_drifted_page_works_under_its_new_names()
    {
        await Town.Break("simple", "layout_drift");
        var ticket = await Town.Sell("simple");
        using var visitor = Town.Visit("Simple");
        var page = await visitor.Page("/");
        Assert.That(page, Does.Contain("Número de ticket").And.Not.Contain("name=\"folio\""));
        var form = new Dictionary<string, string>(Visitor.Kemper);
        foreach (var name in new[] { "folio", "fecha", "total" }) form[name] = Visitor.Printed(ticket, name);
        await visitor.Post("/facturar", form.Select(field => KeyValuePair.Create(Engine.Pages.Drift.Id(field.Key), field.Value)));
        Assert.That(await Town.Emissions(ticket), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_session_that_expires_on_a_step_leads_back_to_the_first_page()
    {
        await Town.Break("simple", "session_expired", times: 1, step: "submit");
        var ticket = await Town.Sell("simple");
        using var visitor = Town.Visit("Simple");
        Assert.That(await visitor.Invoice(ticket), Does.Contain("Su sesión ha expirado").And.Contain("Genere su factura"));
        Assert.That(await Town.Emissions(ticket), Is.Empty);
    }

    [Test]
    public async Task Already_invoiced_to_the_asker_gives_the_files_and_to_another_does_not()
    {
        var (mine, theirs) = (await Town.Sell("simple"), await Town.Sell("simple"));
        await Town.Break("simple", "already:same_rfc", ticket: mine.GetProperty("id").GetString());
        await Town.Break("simple", "already:other_rfc", ticket: theirs.GetProperty("id").GetString());
        using var visitor = Town.Visit("Simple");
        Assert.That(await visitor.Invoice(mine), Does.Contain("ya fue facturado"));
        Assert.That(await visitor.Invoice(theirs), Does.Contain("ya fue facturado"));
        Assert.That(await Consult(visitor, mine), Does.Contain("Se encontró su factura"));
        Assert.That(await Consult(visitor, theirs), Does.Contain("otro RFC"));
        Assert.That((await Town.Emissions(mine)).Single().GetProperty("origin").GetString(), Is.EqualTo("prior"));
    }

    [Test]
    public async Task What_was_pressed_is_known()
    {
        using var visitor = Town.Visit("Simple");
        await visitor.Page("/publico-general");
        var decoys = await Town.Truth("/_truth/requests?portal=simple&step=decoy");
        Assert.That(decoys.EnumerateArray().Single().GetProperty("path").GetString(), Is.EqualTo("/publico-general"));
    }

    private static Task<string> Consult(Visitor visitor, System.Text.Json.JsonElement ticket) => visitor.Post("/consulta",
        new Dictionary<string, string> { ["folio"] = Visitor.Printed(ticket, "folio"), ["rfc"] = "EKU9003173C9" });
}
