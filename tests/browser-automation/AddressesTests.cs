using Invoicing.BrowserAutomation.Engine;

namespace Invoicing.BrowserAutomation.Tests;

public sealed class AddressesTests
{
    [Test]
    public void After_the_printed_addresses_comes_the_first_page_of_their_host()
    {
        Assert.That(Addresses.ToTry(["https://portal.example/fact/inici", "https://portal.example/otra"]),
            Is.EqualTo(new[] { "https://portal.example/fact/inici", "https://portal.example/otra", "https://portal.example/" }));
    }

    [Test]
    public void A_first_page_that_was_printed_is_not_tried_twice() => Assert.That(Addresses.ToTry(["https://portal.example"]), Is.EqualTo(new[] { "https://portal.example" }));

    [Test]
    public void What_is_no_address_of_the_web_adds_nothing() => Assert.That(Addresses.ToTry(["portal"]), Is.EqualTo(new[] { "portal" }));
}
