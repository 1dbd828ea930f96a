using System.Globalization;

namespace Invoicing.Portals.Tests;

internal sealed class ElFaroTests
{
    private static Town Town => Everybody.Town;

    [SetUp]
    public async Task Reset()
    {
        await Town.Reset();
        await Town.MidMonth();
    }

    [Test]
    public async Task One_form_asks_for_everything_and_the_files_come_by_mail()
    {
        var ticket = await Town.Sell("el-faro", purchasedAt: await Town.Now() - TimeSpan.FromHours(5));
        using var visitor = Town.Visit("P27");
        Dictionary<string, string> form = Visitor.Kemper.ToDictionary(field => $"fe-{field.Key}", field => field.Value);
        form["fe-nota"] = Visitor.Printed(ticket, "folio");
        form["fe-fecha"] = DateTime.ParseExact(Visitor.Printed(ticket, "fecha"), "dd/MM/yyyy", CultureInfo.InvariantCulture).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        form["fe-monto"] = Visitor.Printed(ticket, "total");
        Assert.That(await Says(visitor, form), Does.Contain("privacidad"));
        form["fe-privacidad"] = "1";
        Assert.That(await Says(visitor, form), Does.StartWith("¡Gracias!"));
        Assert.That(await Says(visitor, form), Does.Contain("ya fue facturada"));
        await Town.Later(TimeSpan.FromMinutes(30));
        using var mail = await Town.Read((await Town.Mail()).Single().GetProperty("eml").GetString()!);
        await Town.Verify(await Files.Of(mail, ".xml"), ticket);
        form["fe-reenviar"] = "1";
        form["fe-rfc"] = "IVD920810GU2";
        Assert.That(await Says(visitor, form), Does.Contain("otro RFC"));
    }

    private static async Task<string> Says(Visitor visitor, Dictionary<string, string> form) => (await visitor.PostJson("/wp-admin/admin-ajax.php", form)).GetProperty("mensaje").GetString()!;
}
