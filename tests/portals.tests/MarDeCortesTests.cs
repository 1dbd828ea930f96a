namespace Invoicing.Portals.Tests;

internal sealed class MarDeCortesTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task One_of_three_charges_is_the_ticket_s_and_its_files_come_by_links()
    {
        var ticket = await Town.Sell("mar-de-cortes", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P22");
        Dictionary<string, string> form = new(Visitor.Kemper) { ["stay"] = Visitor.Printed(ticket, "folio"), ["room"] = Visitor.Printed(ticket, "habitacion"), ["empresa"] = "ESCUELA KEMPER URGATE" };
        var charges = (await visitor.PostJson("/billing/charges", form)).GetProperty("cargos").EnumerateArray().ToList();
        Assert.That(charges.Count(charge => charge.GetProperty("propio").GetBoolean()), Is.EqualTo(1));
        Assert.That(charges, Has.Count.EqualTo(3));
        Assert.That((await visitor.PostJson("/billing/invoice", form)).GetProperty("mensaje").GetString(), Does.StartWith("Done"));
        await Town.Later(TimeSpan.FromMinutes(30));
        using var mail = await Town.Read((await Town.Mail()).Single().GetProperty("eml").GetString()!);
        var link = System.Text.RegularExpressions.Regex.Match(mail.HtmlBody!, "/l/[0-9a-f]+").Value;
        await Town.Verify(await visitor.Bytes(link), ticket);
        form["rfc"] = "IVD920810GU2";
        Assert.That((await visitor.PostJson("/billing/resend", form)).GetProperty("mensaje").GetString(), Does.Contain("different RFC"));
    }
}
