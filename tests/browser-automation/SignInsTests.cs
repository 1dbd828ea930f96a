using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>Sign-ins between attempts.</summary>
public sealed class SignInsTests
{
    private static readonly PortalAccount Account = PortalAccount.Of("acme", 8, new PortalCredentials("compras", "secreta-1", new Dictionary<string, string> { ["portal_url"] = "https://portal.example:8443/a" }));

    [Test]
    public void A_sign_in_is_lent_to_one_attempt_at_a_time()
    {
        var signIns = new SignIns(new MovedClock());
        signIns.Keep(Account, "{}");

        Assert.That((signIns.Take(Account), signIns.Take(Account)), Is.EqualTo(("{}", (string?)null)));
    }

    [Test]
    public void Another_tenant_merchant_or_password_has_none()
    {
        var signIns = new SignIns(new MovedClock());
        signIns.Keep(Account, "{}");

        Assert.That(new[] { Account with { CompanyId = "otra" }, Account with { MerchantId = 9 }, Account with { Password = "secreta-2" } }.Select(signIns.Take), Is.All.Null);
    }

    [Test]
    public void After_a_while_the_account_signs_in_anew()
    {
        var clock = new MovedClock();
        var signIns = new SignIns(clock);
        signIns.Keep(Account, "{}");
        clock.Now += TimeSpan.FromMinutes(26);

        Assert.That(signIns.Take(Account), Is.Null);
    }

    [Test]
    public void An_account_knows_its_home_and_does_not_say_its_password()
    {
        Assert.That(Account.Home, Is.EqualTo("portal.example:8443"));
        Assert.That($"{Account} {new PortalCredentials("compras", "secreta-1")}", Does.Not.Contain("secreta-1"));
    }
}
