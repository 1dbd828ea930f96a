using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class GrupoMesaTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public Task Reset() => Town.Reset();

    [Test]
    public async Task Step_by_step_to_two_links_that_live_ten_minutes_and_a_copy_by_mail()
    {
        var ticket = await Town.Sell("grupo-mesa");
        using var visitor = Town.Visit("P3");
        var form = Form(ticket);
        Assert.That((await visitor.PostJson("/wwwroot/api/facturar", form)).GetProperty("nivel").GetInt32(), Is.EqualTo(40));
        await Walk(visitor, form);
        var done = await visitor.PostJson("/wwwroot/api/facturar", form);
        Assert.That(done.GetProperty("nivel").GetInt32(), Is.EqualTo(99));
        var link = done.GetProperty("datos").GetProperty("xml").GetString()!;
        await Town.Verify(await visitor.Bytes(link), ticket);
        await Town.Later(TimeSpan.FromMinutes(11));
        using var late = await visitor.Get(link);
        Assert.That(await late.Content.ReadAsStringAsync(), Does.Contain("ha expirado"));
        Assert.That((await Town.Mail()).Single().GetProperty("arrived").GetBoolean(), Is.True);
        Assert.That(Says(await visitor.PostJson("/wwwroot/api/ticket", form)), Does.Contain("ya fue facturado"));
        Assert.That((await visitor.PostJson("/wwwroot/api/consulta", form)).GetProperty("nivel").GetInt32(), Is.EqualTo(99));
        Assert.That(await Town.Emissions(ticket), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Errors_are_levels_in_an_answer_of_200()
    {
        var ticket = await Town.Sell("grupo-mesa", new { marca = "Cafe" }, await Town.Now() - TimeSpan.FromDays(3));
        using var visitor = Town.Visit("P3");
        var form = Form(ticket);
        await visitor.PostJson("/wwwroot/api/rfc", form);
        form["opc"] = "Pizza";
        Assert.That(Says(await visitor.PostJson("/wwwroot/api/ticket", form)), Is.EqualTo("El ticket no pertenece a esta marca"));
        form["opc"] = "Cafe";
        Assert.That(Says(await visitor.PostJson("/wwwroot/api/ticket", form)), Is.EqualTo("Ticket válido"));
        form["fecha"] = "31/31/2026";
        Assert.That(Says(await visitor.PostJson("/wwwroot/api/fecha", form)), Does.Contain("no corresponde al consumo").And.Not.Contain("31/31"));
        var early = await Town.Sell("grupo-mesa", purchasedAt: await Town.Now());
        Assert.That(Says(await visitor.PostJson("/wwwroot/api/ticket", Form(early))), Does.Contain("aún no está disponible"));
    }

    [Test]
    public async Task A_person_without_second_surname_is_refused_and_success_may_come_without_links()
    {
        await Town.Break("grupo-mesa", "partial", times: 1, value: "90");
        var ticket = await Town.Sell("grupo-mesa");
        using var visitor = Town.Visit("P3");
        var form = Form(ticket);
        (form["rfc"], form["cp"], form["regimen"]) = ("MISC491214B86", "01010", "612");
        (form["nombres"], form["paterno"]) = ("CECILIA", "MIRANDA");
        await Walk(visitor, form);
        Assert.That(Says(await visitor.PostJson("/wwwroot/api/facturar", form)), Does.Contain("CFDI40145"));
        form["materno"] = "SANCHEZ";
        var done = await visitor.PostJson("/wwwroot/api/facturar", form);
        Assert.That(done.GetProperty("datos").GetProperty("xml").GetString(), Is.Empty);
        await Town.Later(TimeSpan.FromSeconds(91));
        Assert.That((await visitor.PostJson("/wwwroot/api/consulta", form)).GetProperty("datos").GetProperty("xml").GetString(), Does.StartWith("/cfdi/"));
    }

    private static async Task Walk(Visitor visitor, Dictionary<string, string> form)
    {
        foreach (var step in new[] { "rfc", "ticket", "fecha" })
            Assert.That((await visitor.PostJson($"/wwwroot/api/{step}", form)).GetProperty("nivel").GetInt32(), Is.Zero, step);
    }

    private static Dictionary<string, string> Form(JsonElement ticket) => new(Visitor.Kemper)
    {
        ["opc"] = Visitor.Printed(ticket, "marca"),
        ["ticket"] = Visitor.Printed(ticket, "folio"),
        ["tienda"] = Visitor.Printed(ticket, "tienda"),
        ["fecha"] = Visitor.Printed(ticket, "fecha"),
        ["razon"] = "ESCUELA KEMPER URGATE",
    };

    private static string Says(JsonElement reply) => reply.GetProperty("mensaje").GetString()!;
}
