using Invoicing.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;


namespace Invoicing.Tickets.Tests;

public sealed class MerchantCatalogueTests
{
    [Test]
    public async Task The_real_merchants_are_loaded_at_start_and_yield_to_what_operators_say()
    {
        await using var service = await TestService<Ticket>.StartAsync("tickets", "tickets", new() { ["Merchants:Catalogue"] = "true" });
        using var root = service.AsPlatformAdmin();

        var oxxo = (await root.GetJsonAsync("/invoicing/merchants")).AsArray().Single(m => (string)m!["nombre"]! == "OXXO")!;
        Assert.That((string?)oxxo["metadata"]!["portal_url"], Does.StartWith("https://www4.oxxo.com:9443/"));
        Assert.That(((string?)oxxo["metadata"]!["evidence"], (string?)oxxo["metadata"]!["seen"]), Is.EqualTo(("A", "2026-08")));

        var edited = await root.PostOkAsync("/invoicing/merchants", new { nombre = "OXXO", metodo_facturacion = "portal", metadata = new { portal_url = "https://otro.oxxo.com/", aliases = new[] { "OXXO" } } });
        using var http = service.As("acme");
        var id = await http.SubmitTextAsync("OXXO\nFOLIO: 1234567\nFECHA: 02/07/2025\nTOTAL $50.00");
        var ticket = await http.UntilAsync(id, t => t["merchant_id"] is not null);

        Assert.That((long)ticket["merchant_id"]!, Is.EqualTo((long)edited["id"]!));
        var again = new MerchantCatalogue(service.Services.GetRequiredService<IServiceScopeFactory>(), service.Services.GetRequiredService<IConfiguration>(), TimeProvider.System);
        await again.StartAsync(CancellationToken.None);
        Assert.That((await root.GetJsonAsync("/invoicing/merchants")).AsArray().Count(m => (string)m!["nombre"]! == "OXXO"), Is.EqualTo(2));
    }
}
