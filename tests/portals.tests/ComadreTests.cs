using System.Text.Json;

namespace Invoicing.Portals.Tests;

internal sealed class ComadreTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task A_company_on_file_is_refused_until_its_data_are_changed()
    {
        var ticket = await Town.Sell("comadre");
        using var visitor = Town.Visit("P11");
        Assert.That(await Find(visitor, ticket, "EKU9003173C9"), Does.Contain("ESCUELA KEMPER URGATE SA DE CV"));
        Assert.That(await Send(visitor, "ESCUELA KEMPER URGATE SA DE CV", "06000", "601", "G01"), Does.Contain("CFDI40145"));
        var done = await Send(visitor, "ESCUELA KEMPER URGATE", "42501", "601", "G03");
        await Town.Verify(await visitor.Bytes(Link(done)), ticket);
        Assert.That(await Find(visitor, ticket, "EKU9003173C9"), Does.Contain("ya ha sido facturado"));
        var again = await visitor.Post("/lacomadre/reimprimir", Ticket(ticket, "EKU9003173C9"));
        await Town.Verify(await visitor.Bytes(Link(again)), ticket);
        Assert.That(await visitor.Post("/lacomadre/reimprimir", Ticket(ticket, "FUNK671228PH6")), Does.Contain("no con el RFC"));
    }

    [Test]
    public async Task A_person_on_file_gets_another_use_unless_it_is_changed()
    {
        var ticket = await Town.Sell("comadre");
        using var visitor = Town.Visit("P11");
        var page = await Find(visitor, ticket, "FUNK671228PH6");
        Assert.That(page, Does.Contain("<option value=\"S01\" selected>"));
        await Send(visitor, "KARLA FUENTE NOLASCO", "01160", "612", "S01");
        Assert.That((await Town.Emissions(ticket)).Single().GetProperty("receptor").GetProperty("uso").GetString(), Is.EqualTo("S01"));
    }

    [Test]
    public async Task After_seven_days_and_with_another_code_there_is_nothing()
    {
        var old = await Town.Sell("comadre", purchasedAt: await Town.Now() - TimeSpan.FromDays(8));
        using var visitor = Town.Visit("P11");
        Assert.That(await Find(visitor, old, "EKU9003173C9"), Does.Contain("ha vencido"));
        Assert.That(await visitor.Post("/lacomadre/", [new("CodigoUnicoTicket", "AAAAAAAAA"), new("FolioTicket", Visitor.Printed(old, "folio")), new("RFC", "EKU9003173C9")]), Does.Contain("inválido"));
    }

    private static Task<string> Find(Visitor visitor, JsonElement ticket, string rfc) => visitor.Post("/lacomadre/", Ticket(ticket, rfc));

    private static KeyValuePair<string, string>[] Ticket(JsonElement ticket, string rfc) =>
        [new("CodigoUnicoTicket", Visitor.Printed(ticket, "codigo_facturacion")), new("FolioTicket", Visitor.Printed(ticket, "folio")), new("RFC", rfc)];

    private static Task<string> Send(Visitor visitor, string name, string postal, string regimen, string use) => visitor.Post("/lacomadre/datos",
        [new("Nombre", name), new("CodigoPostal", postal), new("Regimen", regimen), new("UsoCfdi", use), new("Correo", "facturas@kemper.test")]);

    private static string Link(string page) => System.Text.RegularExpressions.Regex.Match(page, "/lacomadre/xml/[0-9a-f-]+").Value;
}
