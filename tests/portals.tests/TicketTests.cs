using SkiaSharp;

namespace Invoicing.Portals.Tests;

internal sealed class TicketTests
{
    private static Town Town => Everybody.Town;

    [TestCase("simple", "folio")]
    [TestCase("oxxo-test", "venta")]
    [TestCase("litro-mil", "web_id")]
    [TestCase("mercanorte", "tr")]
    [TestCase("conveni24", "venta")]
    [TestCase("grupo-mesa", "tienda")]
    [TestCase("siete-soles", "ref")]
    [TestCase("mezquite", "web_id")]
    [TestCase("liebana", "terminal")]
    [TestCase("altiplano", "plaza")]
    [TestCase("gas-go", "folio")]
    public async Task A_ticket_prints_what_its_portal_asks(string portal, string field)
    {
        var ticket = await Town.Sell(portal);
        var paper = ticket.GetProperty("text").GetString();
        Assert.That(paper, Does.Contain(Visitor.Printed(ticket, field)).And.Contain(Visitor.Printed(ticket, "fecha"))
            .And.Contain(ticket.GetProperty("rfc_emisor").GetString()).And.Contain("http://localhost:"));
        using var photo = SKBitmap.Decode(await Town.Bytes(ticket.GetProperty("image").GetString()!));
        Assert.That(photo.Width, Is.GreaterThan(700));
    }

    [Test]
    public async Task A_restart_signs_with_the_same_keys()
    {
        await using var again = await Town.Open(Everybody.Data);
        Assert.That(await again.Text("/_control/pac-certificate"), Is.EqualTo(await Town.Text("/_control/pac-certificate")));
    }
}
